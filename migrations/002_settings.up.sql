create table settings (
  id bigint primary key default 1,
  title text not null default 'Showrunner',
  tagline text,
  description text,
  description_html text,
  language text not null default 'en',
  owner_name text,
  owner_email text,
  cover_url text,
  inserted_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint settings_one_row_check check (id = 1),
  constraint settings_title_check check (title <> ''),
  constraint settings_cover_url_check check (cover_url ~ '^(https?:/)?/[^/]')
);

insert into settings default values;
