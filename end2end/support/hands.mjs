// Two ways to use a page: with a pointer, or with the keyboard alone. A journey is written once for both.
import assert from 'node:assert/strict'

/** Points, clicks and types. Works with the page's scripts off. */
export class Pointer {
  constructor(page) {
    this.page = page
  }

  fill(label, text) {
    return this.page.getByLabel(label, { exact: true }).fill(text)
  }

  press(button) {
    return this.page.getByRole('button', { name: button, exact: true }).click()
  }

  choose(radio) {
    return this.page.getByRole('radio', { name: radio, exact: true }).check()
  }

  tick(checkbox) {
    return this.page.getByRole('checkbox', { name: checkbox, exact: true }).check()
  }

  pick(label, option) {
    return this.page.getByLabel(label, { exact: true }).selectOption({ label: option })
  }

  follow(link) {
    return this.page.getByRole('link', { name: link, exact: typeof link === 'string' }).first().click()
  }
}

/** Tab, Enter, Space, arrows inside a group of radio buttons, and letters. Nothing else. */
export class Keyboard {
  /** No page has more stops than this. */
  static MOST_STOPS = 250

  constructor(page) {
    this.page = page
  }

  async fill(label, text) {
    await this.#reach(this.page.getByLabel(label, { exact: true }))
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.press('Delete')
    await this.page.keyboard.type(text)
  }

  async press(button) {
    await this.#reach(this.page.getByRole('button', { name: button, exact: true }))
    await this.page.keyboard.press('Enter')
  }

  async choose(radio) {
    const wanted = this.page.getByRole('radio', { name: radio, exact: true })
    const group = this.page.locator(`input[type=radio][name="${await wanted.getAttribute('name')}"]`)
    // The group is one stop: Tab comes to the chosen one or the first, and arrows go on from there.
    await this.#reach(group)
    for (let step = 0; step < (await group.count()); step++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) {
        await this.page.keyboard.press('Space')
        assert.ok(await wanted.isChecked())
        return
      }
      await this.page.keyboard.press('ArrowDown')
    }
    assert.fail(`the arrows do not come to ${radio}`)
  }

  /** A closed list goes to the option whose name is typed. */
  async pick(label, option) {
    const list = this.page.getByLabel(label, { exact: true })
    await this.#reach(list)
    await this.page.keyboard.type(option)
    assert.equal(await list.evaluate((element) => element.selectedOptions[0].label), option)
  }

  async tick(checkbox) {
    await this.#reach(this.page.getByRole('checkbox', { name: checkbox, exact: true }))
    await this.page.keyboard.press('Space')
  }

  async follow(link) {
    await this.#reach(this.page.getByRole('link', { name: link, exact: typeof link === 'string' }).first())
    await this.page.keyboard.press('Enter')
  }

  /** Presses Tab until one of the elements has the focus; on the way, the focus must be seen at every stop. */
  async #reach(wanted) {
    await wanted.first().waitFor()
    for (let stop = 0; stop < Keyboard.MOST_STOPS; stop++) {
      const here = await wanted.evaluateAll((elements) => elements.includes(document.activeElement))
      if (here) {
        assert.ok(await this.page.evaluate(isSeen), 'the focus is outside the window or has no mark')
        return
      }
      await this.page.keyboard.press('Tab')
    }
    assert.fail(`Tab does not come to ${wanted}`)
  }
}

/** Runs in the page: the focused element lies in the window and is marked by an outline, a shadow or a background. */
function isSeen() {
  const element = document.activeElement
  const box = element.getBoundingClientRect()
  const inside = box.bottom > 0 && box.right > 0 && box.top < window.innerHeight && box.left < window.innerWidth
  const mark = (node) => {
    const style = window.getComputedStyle(node)
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
  }
  // A radio button or a box to tick is drawn by the label's pseudo-element beside it.
  const drawn = element.nextElementSibling && window.getComputedStyle(element.nextElementSibling, '::before')
  return inside && (mark(element) || Boolean(drawn && drawn.boxShadow !== 'none') || Boolean(drawn && drawn.outlineStyle !== 'none'))
}
