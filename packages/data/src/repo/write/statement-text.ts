import { createQueryId, type Expression, PostgresQueryCompiler, sql } from 'kysely'

/** The text of a statement in the making, and the values that its `$1`, `$2` … stand for. */
export class StatementText {
  readonly values: unknown[] = []

  /** `$3`, which stands for this value, as the driver sends it. */
  value(value: unknown): string {
    return `$${this.values.push(value)}`
  }

  /** What Kysely built, in the names of the database, its parameters counted on from here. */
  expression(expression: Expression<unknown>): string {
    const compiler = new CompilerFrom(this.values.length)
    const { node, id } = { node: sql`${expression}`.toOperationNode(), id: createQueryId() }
    const compiled = compiler.compileQuery(node, id)
    this.values.push(...compiled.parameters)
    return compiled.sql
  }
}

class CompilerFrom extends PostgresQueryCompiler {
  readonly #before: number

  constructor(before: number) {
    super()
    this.#before = before
  }

  protected override getCurrentParameterPlaceholder(): string {
    return `$${this.#before + this.numParameters}`
  }
}
