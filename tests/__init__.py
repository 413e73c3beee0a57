"""Tests; what several of them share is imported from here with one dot."""
