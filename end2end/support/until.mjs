// Waiting for something to become true, without guessing how long it takes.
const PAUSE = 50

/** Resolves with the first value of `look` that is truthy; fails when there is none within `limit` milliseconds. */
export async function until(what, look, limit = 60_000) {
  const end = performance.now() + limit
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
}
