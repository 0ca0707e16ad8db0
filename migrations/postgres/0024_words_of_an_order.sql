-- Whether an order has a word is asked order by order too: a search that has one rare word among common ones looks only at the
-- orders with the rare one.
CREATE INDEX order_words_by_number ON order_words (number, word);
