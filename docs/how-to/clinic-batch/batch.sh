#!/bin/sh
# Answers the questions of a file of two columns into the folder `answers`.
mkdir -p answers
tab=$(printf '\t')
while IFS="$tab" read -r a b; do
    file="answers/$a-$b.json"
    bonerx compare "$a" "$b" --json > "$file" 2> "$file.log"
    code=$?
    case $code in
        0) echo "answered: $a, $b" ;;
        1) echo "no evidence: $a, $b" ;;
        2) echo "please correct: $a, $b: $(head -n 1 "$file.log")" ;;
        *) echo "stopped at $a, $b with code $code" >&2; exit "$code" ;;
    esac
done < "${1:-questions.tsv}"
