alter table live_shows drop column announced_until;
