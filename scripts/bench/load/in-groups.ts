/** Does something with all of them, so many at once. @returns what came of each, in their order */
export async function inGroups<One, Result>(
  all: readonly One[],
  together: number,
  work: (one: One, at: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < all.length; from += together) {
    const some = all.slice(from, from + together)
    results.push(...(await Promise.all(some.map((one, i) => work(one, from + i)))))
  }
  return results
}
