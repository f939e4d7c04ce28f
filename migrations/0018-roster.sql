-- 0018-roster: who came last comes first, a page at a time; `admitted` is the lower bound of `held`.
create index custody_by_admission on custody (admitted desc, id desc);
