/** Which violation in the database becomes which error on which field. */
export interface Constraint {
  readonly type: 'unique' | 'foreign key' | 'check'
  readonly name: string
  readonly field: string
  readonly message: string
}
