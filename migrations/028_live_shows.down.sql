drop table live_reactions;
drop table chat_mutes;
drop table chat_messages;
drop table live_notes;
drop table live_shows;

drop function tell_changes_of_live_shows();
drop function tell_changes_of_live_notes();
