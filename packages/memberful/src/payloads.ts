import {
  type DownloadEvent,
  type MemberEvent,
  type OrderEvent,
  type PlanEvent,
  type SubscriptionEvent,
} from './events.ts'

// What the documentation shows, without what is thrown away on arrival. Nothing of it was looked at yet when it comes:
// whoever uses it casts it.

export interface MemberPayload {
  readonly id: number
  readonly email: string
  readonly first_name: string | null
  readonly last_name: string | null
  readonly full_name: string | null
  readonly username: string | null
  /** Seconds since 1970. */
  readonly created_at: number
  readonly signup_method: string | null
  /** Staff let them in without a subscription. */
  readonly unrestricted_access: boolean
}

/** Of a member who is gone, nothing else is said. */
export interface DeletedMemberPayload {
  readonly id: number
  readonly deleted: true
}

export interface PlanPayload {
  readonly id: number
  readonly name: string
  readonly slug: string
  readonly interval_unit: string
  readonly interval_count: number
}

export interface SubscriptionPayload {
  readonly id: number
  readonly active: boolean
  readonly autorenew: boolean
  /** ISO 8601, as every time of a subscription. */
  readonly created_at: string
  /** Null: it does not end by itself. */
  readonly expires_at: string | null
  readonly member: MemberPayload
  readonly subscription_plan: PlanPayload
  readonly trial_start_at: string | null
  readonly trial_end_at: string | null
}

export interface OrderPayload {
  readonly uuid: string
  readonly number: string
  readonly status: string
  readonly total: number
  readonly member: MemberPayload
}

/** Fields by name, each with what it was and what it became. */
export type ChangedPayload = Readonly<Record<string, readonly [before: unknown, after: unknown]>>

/** An event as Memberful sends it. */
export type Payload =
  | {
      readonly event: MemberEvent
      readonly member: MemberPayload | DeletedMemberPayload
      readonly changed?: ChangedPayload
    }
  | {
      readonly event: SubscriptionEvent
      readonly subscription: SubscriptionPayload
      readonly changed?: ChangedPayload
      readonly order?: Omit<OrderPayload, 'member' | 'number'> & { readonly created_at: string }
    }
  | { readonly event: OrderEvent; readonly order: OrderPayload }
  // A plan comes under the name of a subscription.
  | { readonly event: PlanEvent; readonly subscription: PlanPayload }
  | { readonly event: DownloadEvent; readonly product: { readonly id: number } }
