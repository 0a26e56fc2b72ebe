-- What differs comes first in an index: of a thousand webhooks of one provider, a comparison need not look at its name.

alter table webhook_inbox drop constraint webhook_inbox_provider_deduplication_key_key;
alter table webhook_inbox add unique (deduplication_key, provider);
drop index webhook_inbox_subject;
create index webhook_inbox_subject on webhook_inbox (subject, provider, id) where status = 'received';
