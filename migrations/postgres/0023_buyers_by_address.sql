-- Orders are found by the buyer's e-mail address, those from before too: one word, marked so that no name is taken for it.
INSERT INTO order_words (word, number) SELECT '@' || lower(email), number FROM orders WHERE true ON CONFLICT (word, number) DO NOTHING;
