-- Whether a passkey can be backed up, as its authenticator said when it was made; this never changes for a passkey.
-- Null for passkeys from before this.
alter table officer_passkey add column can_be_backed_up boolean;
