import { type Repo, sql } from '@showrunner/data'

/** What was mailed of the newest episodes: to who is subscribed, of whom one address is nobody’s any more. Nobody is mailed. */
export async function seedMails(repo: Repo, asOf: Date): Promise<void> {
  await repo.run(
    sql`insert into logged_mails
        (kind, to_address, person_id, subject_type, subject_id, subject_title, podcast_id, outcome, said, at)
      select 'subscription_episode', person.email, person.id, 'episode', episode.id, episode.title, episode.podcast_id,
        case when subscription.unsubscribed_at is null then 'accepted' else 'refused' end,
        case when subscription.unsubscribed_at is null then null else '550 5.1.1 nobody of that name' end,
        episode.published_at + interval '40 seconds'
      from subscriptions subscription
      join people person on person.id = subscription.person_id and person.email is not null
      join episodes episode on episode.podcast_id = subscription.podcast_id and episode.published
      where subscription.episode_id is null and episode.published_at between subscription.confirmed_at and ${asOf}`,
  )
}
