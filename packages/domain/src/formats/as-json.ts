/** As JSON keeps it: a moment becomes text. */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer One)[]
    ? readonly Json<One>[]
    : T extends object
      ? { readonly [name in keyof T]: Json<T[name]> }
      : T
