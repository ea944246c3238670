"""The program of a scanner PC: it watches folders and sends what scanners lay there.

Standard library only, and nothing of the other rooms: it is handed to PCs as a single file.
"""
