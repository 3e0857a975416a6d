// La recherche de ce thème.
