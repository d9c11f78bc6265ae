import assert from 'node:assert/strict'
import { HtmlValidate } from 'html-validate'

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  elements: [
    'html5',
    {
      'also-here': { flow: true },
      'discussion-desk': { flow: true },
      'show-player': { flow: true },
      'transcript-reader': { flow: true },
      'show-deck': { flow: true },
      'embed-player': { flow: true },
      'copy-field': { flow: true },
      'zone-field': { flow: true },
      'kept-form': { flow: true },
      'form-rows': { flow: true },
      'search-palette': { flow: true },
      'auto-complete': { flow: true },
      'markdown-preview': { flow: true },
      'file-upload': { flow: true },
      'bulk-form': { flow: true },
      'copy-link': { flow: true },
      'letter-count': { flow: true, phrasing: true },
      'text-file': { flow: true },
      'live-parts': { flow: true },
      'heard-cues': { flow: true },
      'live-begins': { flow: true, phrasing: true },
      'live-stream': { flow: true },
      'live-room': { flow: true },
      'live-studio': { flow: true },
    },
  ],
  rules: {
    'require-sri': ['error', { target: 'crossorigin' }],
    // The title of an episode is as long as its editor wants it.
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
    // What is found while somebody types is listed beside what they type.
    'prefer-native-element': ['error', { exclude: ['listbox'] }],
    // A link to a moment leads to what is said then: `#t=3723`.
    'valid-id': ['error', { relaxed: true }],
    'doctype-style': 'off',
    'void-style': 'off',
    'no-inline-style': [
      'error',
      {
        allowedProperties: [
          '--share',
          '--from',
          '--on-light',
          '--on-dark',
          '--cover',
          '--on-cover',
        ],
      },
    ],
  },
})

/** Fails with every finding, each with its line. */
export async function assertValidHtml(html: string): Promise<void> {
  const { results } = await validator.validateString(html)
  const findings = results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line}: ${message} (${ruleId})`),
  )

  assert.deepEqual(findings, [])
}
