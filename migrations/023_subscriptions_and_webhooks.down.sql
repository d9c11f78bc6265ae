drop table webhook_attempts, webhook_deliveries, webhook_endpoints;
drop table unsubscribe_keys, unconfirmed_subscriptions, subscription_mails, subscriptions;
