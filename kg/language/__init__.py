"""Language: text → sentences, names, titles, dates and phrases, each with its offsets."""
