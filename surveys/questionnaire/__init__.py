"""What is asked: surveys, questionnaires and their versions, with wording in every language."""
