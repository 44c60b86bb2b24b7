"""What is said of agents given together?"""
