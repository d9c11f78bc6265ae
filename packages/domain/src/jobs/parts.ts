import { type CommentParts } from '../comments/index.ts'
import { type CommunityParts } from '../community/index.ts'
import { type TellOutsideParts, type TellParts } from '../feed/index.ts'
import { type ImportParts } from '../import/index.ts'
import { type IssueParts } from '../issues/index.ts'
import { type MemberFeedParts } from '../member-feeds/index.ts'
import { type MembershipParts } from '../memberships/index.ts'
import { type MovingParts } from '../moving/index.ts'
import { type NewsParts } from '../news/index.ts'
import { type RequestMailParts } from '../requests/index.ts'
import { type SubscriptionParts } from '../subscriptions/index.ts'
import { type UploadParts } from '../uploads/index.ts'
import { type StoppedParts, type WebhookParts } from '../webhooks/index.ts'

/** What every job is handed: the rows, the time, the mail, where the pages are, and the files. */
export interface JobParts
  extends
    RequestMailParts,
    UploadParts,
    ImportParts,
    MovingParts,
    CommunityParts,
    MembershipParts,
    MemberFeedParts,
    SubscriptionParts,
    NewsParts,
    IssueParts,
    CommentParts,
    WebhookParts,
    TellParts,
    TellOutsideParts,
    StoppedParts {}
