drop table sponsors;
drop table topics;
