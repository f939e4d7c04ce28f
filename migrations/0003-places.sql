-- Places: facilities, what stands in them down to the cell, and the bunks. Projections of entries; replay rebuilds them.

create table facility (
  code               text        not null,
  name               text        not null,
  country            text        not null,
  zone               text        not null,
  certified_capacity integer,
  announced_capacity integer,
  sources            jsonb       not null,
  since              timestamptz not null,
  entry_n            bigint      not null,
  constraint facility_once primary key (code)
);
comment on table facility is 'Projection of facility.open, the last one wins; habeas replay rebuilds it.';
comment on column facility.certified_capacity is 'Places that an authority certified; null when none has.';
comment on column facility.sources is '[{figure, source, says}]: where each published figure comes from.';

create table place (
  id                 uuid      not null,
  facility           text      not null,
  parent             uuid,
  kind               text      not null,
  code               text      not null,
  name               text,
  area_m2            numeric,
  certified_capacity integer,
  sources            jsonb     not null,
  span               tstzrange not null,
  entry_n            bigint    not null,
  constraint place_one_state primary key (id, facility, span without overlaps),
  constraint place_kind_known check (kind in ('facility', 'pavilion', 'level', 'cell', 'yard', 'post', 'vehicle', 'hospital', 'court')),
  constraint place_open_is_unbounded check (upper_inf(span) or upper(span) <> 'infinity')
);
create index place_of_facility on place (facility, kind);
create index place_children on place (parent);
comment on table place is 'Projection of facility.open, place.establish and place.close; habeas replay rebuilds it. A facility is itself a place, the root.';

create table bunk (
  id       uuid      not null,
  place    uuid      not null,
  facility text      not null,
  position text      not null,
  tier     integer   not null,
  span     tstzrange not null,
  entry_n  bigint    not null,
  constraint bunk_one_state primary key (id, facility, span without overlaps),
  constraint bunk_tier_counts_from_floor check (tier between 1 and 4),
  constraint bunk_open_is_unbounded check (upper_inf(span) or upper(span) <> 'infinity')
);
create index bunk_of_facility on bunk (facility);
create index bunk_of_place on bunk (place);
comment on table bunk is 'Projection of the bunks that place.establish lists for a cell; tier 1 is the lowest. habeas replay rebuilds it.';

grant select, insert, delete on facility, place, bunk to habeas_app, habeas_sequencer;
