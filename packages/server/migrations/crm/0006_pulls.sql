-- What a pull writes is checked less: these three cost a fifth of a pull of 200, one look-up for
-- each contact, and can not fail. An action gets its pull, and an item, in the statement that writes
-- the pull (or the pull was read and locked before); its client is the one of the key, or was
-- looked up by a load. Pulls and clients are never deleted, except by the reset of a sandbox, which
-- deletes items and actions first.
alter table action drop constraint action_id_pull_fkey, drop constraint action_id_client_fkey;
alter table pull_item drop constraint pull_item_id_pull_fkey;
