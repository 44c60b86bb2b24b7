"""Contrasts in, estimates out: the only layer that computes with numpy and scipy."""
