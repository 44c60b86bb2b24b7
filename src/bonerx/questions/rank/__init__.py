"""What comes first by what the sources recommend?"""
