// A document that points nowhere has stopped being one: links between our own documents are tested.
import assert from 'node:assert/strict'
import { access, glob, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

test('every link from one of our documents to a file leads somewhere', async () => {
  const broken: string[] = []
  for await (const file of glob(
    '{*.md,docs/**/*.md,src/**/README.md,verify/README.md,bench/README.md,policies/README.md,test/**/*.md,facilities/**/*.md}',
  )) {
    const text = await readFile(file, 'utf8')
    for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (target === undefined || /^[a-z]+:/.test(target)) continue
      await access(join(dirname(file), target)).catch(() => broken.push(`${file} → ${target}`))
    }
  }
  assert.deepEqual(broken, [], 'mend these links')
})
