/** How many there are in each of these states, as `count` says it. */
export async function countEach<State extends string>(
  states: readonly State[],
  count: (state: State) => Promise<number>,
): Promise<Readonly<Record<State, number>>> {
  const counted = await Promise.all(states.map(async (state) => [state, await count(state)]))
  // Every state is among them.
  return Object.fromEntries(counted) as Record<State, number>
}
