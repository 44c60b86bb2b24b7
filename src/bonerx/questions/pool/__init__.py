"""What do the trials give together of one regimen against another?"""
