drop table kept_mails;
drop table rate_limits;
alter table sessions drop column ends_at;
delete from sign_in_links where person_id is null;
alter table sign_in_links
  drop constraint sign_in_links_person_id_email_check,
  drop column next_path,
  drop column email,
  alter column person_id set not null;
alter table people drop column host, drop column editor;
