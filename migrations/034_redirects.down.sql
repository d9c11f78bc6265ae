alter table podcasts drop column vanity_host;
drop table redirects;
