// Style: Sass → one small stylesheet. Called by the build tool; prints nothing when all is well.
//
//   node tools/build/style.mjs style/portal.scss OUT.css
//
// Two packages do the work: sass compiles, lightningcss lowers for the browsers below and minifies.
// What govuk-frontend keeps for Internet Explorer is cut out between the two: `min-width: 0\0` (which
// Sass turns into a replacement character) is no media query to lightningcss, which stops or drops what
// follows. The caller checks the size.
import { writeFileSync } from 'node:fs'
import { Buffer } from 'node:buffer'
import process from 'node:process'
import { compile } from 'sass'
import { transform } from 'lightningcss'

// Cascade layers decide the oldest browser that gets our dress; older ones get plain, working HTML.
const targets = { chrome: 99 << 16, firefox: 97 << 16, safari: (15 << 16) | (4 << 8) }

const forInternetExplorer = /@media[^{]*(?:min-width:\s*0[^\d.)\s][^{]*|\(-ms-high-contrast: none\)\s*)\{/

/** Removes whole `@media …{…}` blocks that only Internet Explorer would read. */
function withoutInternetExplorer(css) {
  let rest = css
  for (let found = rest.match(forInternetExplorer); found; found = rest.match(forInternetExplorer)) {
    let depth = 0
    let end = found.index + found[0].length - 1
    do {
      if (rest[end] === '{') depth++
      if (rest[end] === '}') depth--
      end++
    } while (depth > 0 && end < rest.length)
    rest = rest.slice(0, found.index) + rest.slice(end)
  }
  return rest.replaceAll(', (-ms-high-contrast: active)', '')
}

/** `var(--govuk-x, #abc)` → `var(--govuk-x)`: the root always sets it. */
function withoutFallbacks(css) {
  return css.replace(/var\((--govuk-[a-z-]+-colour), #[0-9a-f]{3,8}\)/gi, 'var($1)')
}

try {
  const [source, target] = process.argv.slice(2)
  const { css } = compile(source, { loadPaths: ['style', 'node_modules/govuk-frontend/dist/govuk'], quietDeps: true })
  const { code, warnings } = transform({
    filename: source,
    code: Buffer.from(withoutFallbacks(withoutInternetExplorer(css))),
    minify: true,
    targets,
  })
  for (const { message, loc } of warnings) throw new Error(`${message} (line ${loc.line} of the compiled sheet)`)
  if (/gov\.uk|GDS Transport/i.test(code.toString())) throw new Error('The stylesheet names GOV.UK or its font')
  writeFileSync(target, code)
} catch (error) {
  // Neither package's errors are short; the message names the file or the line.
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
