DROP TABLE exchange_envelopes;
