-- The triggers on other tables go with their functions. The extensions stay: others may have come to use them.
drop schema search cascade;
