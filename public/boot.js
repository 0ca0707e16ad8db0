// The only script of ours that pages carry. Every page works without it; it adds comfort.
//
// What belongs here: small things that hold on every page and need no state. Anything that knows the
// business is an island, written in Rust. No dependency, no inline code: the page's Content-Security-
// Policy allows this file by nonce and nothing else.
//
//   <script type="module" src nonce [data-glue data-wasm]>
//     data-glue, data-wasm  addresses of the islands' program; only on pages that have an island

const body = document.body
body.classList.add('js-enabled', 'govuk-frontend-supported')

// A page that answers with errors begins with its summary: readers of screens are taken there, and its
// links go to the control itself, with its label in view (WCAG 2.2, 3.3.1).
const summary = document.querySelector('.govuk-error-summary')
if (summary) {
  summary.tabIndex = -1
  summary.focus()
  summary.addEventListener('blur', () => summary.removeAttribute('tabindex'), { once: true })
  summary.addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#"]')
    const field = link && document.getElementById(link.hash.slice(1))
    if (!field) return
    event.preventDefault()
    const legend = field.closest('fieldset')?.querySelector('legend')
    const single = !['radio', 'checkbox'].includes(field.type)
    const heading = (single && document.querySelector(`label[for="${CSS.escape(field.id)}"]`)) || legend || field
    heading.scrollIntoView()
    field.focus({ preventScroll: true })
  })
}

// Buying and sending twice by accident: the second press within five seconds is ignored. The server
// holds the promise (one record); this only saves a wait. The button is not disabled, so that nothing
// looks broken.
const sent = new WeakMap()
document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.matches('form[data-once]') || event.defaultPrevented) return
  const now = event.timeStamp
  if (now - (sent.get(form) ?? -Infinity) < 5000) event.preventDefault()
  else sent.set(form, now)
})
// Back to a page that the browser kept: the form may be sent again at once.
addEventListener('pageshow', (event) => {
  if (event.persisted) for (const form of document.forms) sent.delete(form)
})

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

// Passkeys. The form is hidden until the browser is known to have them. It asks the server what is to be signed, lets the key
// sign it, and is then sent as any form; what is wrong stands on the page that comes back.
for (const form of document.querySelectorAll('form[data-passkey]')) {
  const { passkey: how, begin } = form.dataset
  const read = how === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON'
  if (!window.PublicKeyCredential?.[read]) continue
  form.hidden = false
  const without = document.querySelector('[data-without]')
  if (without) without.hidden = true
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const answer = form.elements.namedItem('nyckel')
    try {
      const asked = await fetch(begin, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
      if (asked.ok) {
        const { publicKey } = await asked.json()
        const key = await navigator.credentials[how]({ publicKey: window.PublicKeyCredential[read](publicKey) })
        answer.value = JSON.stringify(key)
      } else if (asked.status !== 422) answer.value = 'avbruten'
    } catch {
      answer.value = 'avbruten'
    }
    form.submit()
  })
}

// Five minutes before a session ends, whoever is signed in is asked whether to go on (WCAG 2.2, 2.2.1). The server writes
// the question and how many seconds are left; asking it again lengthens the session.
const question = document.querySelector('dialog[data-seconds]')
if (question) {
  const WARNING = 300
  const [soon, over] = question.querySelectorAll('[data-soon], [data-over]')
  let timers = []
  const arm = (seconds) => {
    timers.forEach(clearTimeout)
    const ended = (yes) => {
      soon.hidden = yes
      over.hidden = !yes
    }
    ended(false)
    const show = () => question.open || question.showModal()
    timers = [
      setTimeout(show, Math.max(seconds - WARNING, 0) * 1000),
      setTimeout(() => (ended(true), show()), seconds * 1000),
    ]
  }
  arm(Number(question.dataset.seconds))
  question.querySelector('[data-stay]').addEventListener('click', async () => {
    const answer = await fetch(question.dataset.ask, { redirect: 'manual' }).catch(() => undefined)
    if (answer?.ok) arm(Number(await answer.text()))
    question.close()
  })
}

// Islands. The server writes <leptos-island data-component="name" data-props> with what the island looks
// like; the program exports one function of that name which takes the element over. Islands inside an
// island's children lie in <leptos-children>, and the outer one sets `$$on_hydrate` there: it must be
// called before each of them, so that they see the outer one's context.
async function hydrate(element, program, enter) {
  let enterInner = enter
  if (element.localName === 'leptos-island') {
    const island = program[element.dataset.component]
    if (island) {
      enter?.()
      await island(element)
    } else {
      console.warn(`No island is called ${element.dataset.component}`)
    }
  } else if (element.localName === 'leptos-children') {
    enterInner = element.$$on_hydrate
  }
  for (const child of element.children) await hydrate(child, program, enterInner)
}

const { glue, wasm } = document.querySelector('script[data-glue]')?.dataset ?? {}
if (glue && document.querySelector('leptos-island')) {
  try {
    const program = await import(glue)
    await program.default({ module_or_path: wasm })
    program.hydrate?.()
    await hydrate(body, program)
    document.documentElement.dataset.islands = 'ready'
  } catch (error) {
    // Blocked or broken: the page as the server wrote it goes on working.
    console.warn('The page works without its islands.', error)
  }
}
