"""Files that Emporia exports, as they are read: names, times, lines, and what they are worth."""
