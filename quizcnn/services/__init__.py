"""What the program does, for every face: sessions, exams, checks. Faces hold no rule of their own."""
