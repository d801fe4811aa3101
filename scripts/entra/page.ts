import type { TestPerson } from './people'

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A page to choose a person. `address` is completed with the person's id. */
export function choicePage(people: readonly TestPerson[], address: string, cancel: string): string {
  const choices = people.map(
    ({ id, name, address: mail }) => `<li><a href="${escaped(address + id)}">${escaped(name)}<br><small>${escaped(mail)}</small></a></li>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Stand-in for Microsoft Entra ID</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem;color-scheme:light dark}ul{list-style:none;padding:0}
a{display:block;padding:.6rem .9rem;border:1px solid #8888;border-radius:6px;margin:.5rem 0;color:inherit;text-decoration:none}a:hover{background:#8882}</style>
<h1>Pick an account</h1><p>This page stands in for Microsoft Entra ID. Nobody here is real.</p>
<ul>${choices.join('')}<li><a href="${escaped(cancel)}">Cancel</a></li></ul></html>`
}
