import path from 'node:path';
import ts from 'typescript';

/** Holds JSON against a TypeScript type of the product itself, so that the type stands once. */

interface Shapes {
  /** The names of the type's properties. */
  names: string[];
  /** Each place where a value is not as the property of that name says, as a sentence. Attributes beyond the type are no fault. */
  faults(name: string, value: unknown): string[];
}

/** The properties of an exported interface of a file. */
export function shapesOf(file: string, interfaceName: string): Shapes {
  const program = ts.createProgram([path.resolve(file)], { strict: true, noEmit: true, skipLibCheck: true, lib: ['lib.es2022.d.ts'] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path.resolve(file))!;
  const declared = source.statements.find(
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === interfaceName,
  )!;
  const properties = new Map(
    checker
      .getTypeAtLocation(declared)
      .getProperties()
      .map((symbol) => [symbol.name, checker.getTypeOfSymbol(symbol)]),
  );
  return { names: [...properties.keys()], faults: (name, value) => faultsOf(checker, properties.get(name)!, value, 'data') };
}

function faultsOf(checker: ts.TypeChecker, type: ts.Type, value: unknown, place: string): string[] {
  const is = (flag: ts.TypeFlags) => (type.flags & flag) !== 0;
  const wanted = (fits: boolean) =>
    fits ? [] : [`${place} is ${JSON.stringify(value)?.slice(0, 80)}, which is not ${checker.typeToString(type)}`];
  if (is(ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
  if (type.isUnion()) return faultsOfUnion(checker, type, value, place);
  if (is(ts.TypeFlags.Null)) return wanted(value === null);
  if (is(ts.TypeFlags.Undefined)) return wanted(value === undefined);
  if (type.isStringLiteral() || type.isNumberLiteral()) return wanted(value === type.value);
  if (is(ts.TypeFlags.BooleanLiteral)) return wanted(String(value) === checker.typeToString(type));
  if (is(ts.TypeFlags.String)) return wanted(typeof value === 'string');
  if (is(ts.TypeFlags.Number)) return wanted(typeof value === 'number');
  if (checker.isArrayLikeType(type)) {
    const each = type.getNumberIndexType()!;
    return Array.isArray(value) ? value.flatMap((one, index) => faultsOf(checker, each, one, `${place}[${index}]`)) : wanted(false);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wanted(false);
  return type.getProperties().flatMap((symbol) => {
    const own = (value as Record<string, unknown>)[symbol.name];
    if (own === undefined && symbol.flags & ts.SymbolFlags.Optional) return [];
    if (own === undefined) return [`${place}.${symbol.name} is missing`];
    return faultsOf(checker, checker.getTypeOfSymbol(symbol), own, `${place}.${symbol.name}`);
  });
}

/** Of the alternatives, the one that fits best is what counts. */
function faultsOfUnion(checker: ts.TypeChecker, type: ts.UnionType, value: unknown, place: string): string[] {
  const all = type.types.map((one) => faultsOf(checker, one, value, place));
  if (all.some((faults) => faults.length === 0)) return [];
  const deeper = all.filter((faults) => !faults.some((fault) => fault.startsWith(`${place} is `)));
  const [best] = deeper.sort((one, other) => one.length - other.length);
  return best ?? [`${place} is ${JSON.stringify(value)?.slice(0, 80)}, which is not ${checker.typeToString(type)}`];
}
