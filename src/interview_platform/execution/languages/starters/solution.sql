CREATE TABLE people (name TEXT, age INTEGER);
INSERT INTO people VALUES ('Ada', 36), ('Alan', 41);

SELECT name, age FROM people ORDER BY age;
