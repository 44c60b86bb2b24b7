"""What do all trials of an outcome give together, and which treatment does best by them?"""
