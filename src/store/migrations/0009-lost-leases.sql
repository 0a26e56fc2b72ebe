-- Whether somebody took a webhook and has not said yet what became of it. Who takes one of which this is true finds a
-- lost lease: its claimant died with it, or was too slow.
alter table webhook_inbox add column in_hand boolean not null default false;
