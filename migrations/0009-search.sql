-- Search by names with mistakes: the keys under which a name is found stand in the register, made by its fold.

alter table person_name add column search_keys text[] not null default '{}';
-- Only rows written before this migration have none; they are found again when the register is rebuilt from the record.
alter table person_name alter column search_keys drop default;
comment on column person_name.search_keys is
  'How the words sound, each also with one letter left out, and their consonants after a tilde (src/people/sound.ts).';

-- As text search, because its queries join keys by and/or in one pass of the index; those of an array know one of both.
-- A short pending list: whoever searches after a large import would have to read it from end to end.
create index person_name_search on person_name using gin (array_to_tsvector(search_keys)) with (gin_pending_list_limit = 256);

-- The birth years of those who are found.
create index person_fact_birth_of_person on person_fact (person) where aspect = 'birth';

-- People registered without a name are found by words of their description. Spanish, because its stemmer drops accents
-- as well; words of other languages are cut the same way on both sides.
create index person_fact_description on person_fact using gin (to_tsvector('spanish'::regconfig, value ->> 'description'))
  where aspect = 'unnamed';
