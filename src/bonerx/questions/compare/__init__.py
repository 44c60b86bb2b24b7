"""Which of two regimens do the sources favour?"""
