-- Errors whose cause an open alert tells already are counted with that alert.
-- oldest-compatible: 0016

-- The errors that customers met meanwhile, and the groups of logged errors that began.
alter table open_alerts
  add column gathered_errors integer not null default 0,
  add column gathered_groups integer[] not null default '{}';

-- Whether operators have heard of the group: one that an open alert took in is told once another cause brings it.
alter table error_groups add column is_told boolean not null default true;
