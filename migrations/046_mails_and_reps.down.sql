drop table sponsor_reps;
drop table logged_mails;
