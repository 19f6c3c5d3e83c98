import { allowedOf, FEW_OF_PARENT } from './allowed.ts';
import { callNames } from './call-names.ts';
import { besideIt, ofClosest, type Question, remarked, sameNameElsewhere } from './elsewhere.ts';
import { AmbiguousName, NameTooLong, type OfAnotherKind, UnknownName } from './errors.ts';
import { foundForEach } from './found-for-each.ts';
import { active, type KindTable, type Named, type NameKind } from './kind.ts';
import { Lookup } from './lookup.ts';
import { alsoBegin, answersTo, type Fit, fitting, isDenied, namePart, nearest, sameName, slipsOf } from './match.ts';
import { ofItsParent, ofOtherKinds } from './mixed-up.ts';
import type { CallNames, ListScope, Names, NamesDependencies, Resolved, ResolveOptions, Use } from './names.ts';
import { isGuess, noted } from './noted.ts';
import { remarkBehind, withoutRemark } from './remark.ts';
import { asSaid, digitsSaid, formsOf, LONGEST_NAME, namesIn, saysEither, saysMe } from './said.ts';
import { suggested } from './suggested.ts';
import { Tables } from './tables.ts';
import { besideItsParent, type Finding, parentSaid } from './with-parent.ts';

/** Parts of a list that may be one name with commas. */
const PARTS_OF_A_NAME = 3;

/** Whether a record that is over may be meant: a reader asks after who has left, and a tool that changes such records says so. */
const takesInactive = ({ inactive, use }: ResolveOptions): boolean => inactive === true || use === 'read';

class CachedNames implements Names {
  readonly #kinds: KindTable;
  readonly #lookup: Lookup;
  readonly #me: NamesDependencies['me'];
  readonly #finding: Finding;

  constructor({ kinds, manage, me, tables = new Tables() }: NamesDependencies) {
    this.#kinds = kinds;
    this.#lookup = new Lookup(kinds, manage, tables);
    this.#me = me;
    this.#finding = { kinds, lookup: this.#lookup, meant: (question) => this.#meant(question) };
  }

  async list(kind: NameKind, { fresh = false, ...scope }: ListScope = {}): Promise<readonly Named[]> {
    if (fresh) this.#lookup.outdate(kind, scope);
    return active(await this.#lookup.everything(kind, scope));
  }

  otherKinds(kind: NameKind, given: string, options: ResolveOptions): Promise<readonly OfAnotherKind[]> {
    return ofOtherKinds(this.#questionOf(kind, given, options), this.#kinds, this.#lookup);
  }

  async suggest(kind: NameKind, typed: string): Promise<readonly Named[]> {
    const text = typed.trim().slice(0, LONGEST_NAME);
    return suggested(text, !this.#kinds[kind].large ? await this.list(kind) : await this.#lookup.holding(kind, text));
  }

  ahead(kinds: readonly NameKind[]): void {
    for (const kind of kinds) void this.#lookup.ahead(kind).catch(() => undefined);
  }

  renew(kinds: readonly NameKind[]): void {
    for (const kind of kinds) void this.#lookup.renew(kind).catch(() => undefined);
  }

  refresh(): void {
    this.#lookup.clear();
  }

  forCall(use: Use): CallNames {
    return callNames(this, use);
  }

  async resolve(kind: NameKind, given: string | number, options: ResolveOptions): Promise<Resolved> {
    const question = this.#questionOf(kind, given, options);
    // What a remembered table does not have, or has as inactive or twice, may have changed: it is read once more before it is refused.
    const remembered = this.#lookup.remembers(kind, options);
    const found = await this.#checked(question).catch((error: unknown) => {
      if (!remembered) throw error;
      return undefined;
    });
    if (found !== undefined) return found;
    if (remembered) this.#lookup.forget(kind, options);
    const again = remembered ? await this.#find(question) : undefined;
    return again ?? (await besideItsParent(question, this.#finding)) ?? this.#notFound(question);
  }

  async resolveAll(
    kind: NameKind,
    given: string | number | readonly (string | number)[],
    options: ResolveOptions,
  ): Promise<readonly Resolved[]> {
    const lists = await Promise.all(
      (Array.isArray(given) ? given : [given]).map((one: string | number) => this.#several(kind, one, options)),
    );
    return [...new Map(lists.flat().map((record) => [record.id, record])).values()];
  }

  /** The records of one text, which may hold several names. */
  async #several(kind: NameKind, given: string | number, options: ResolveOptions): Promise<readonly Resolved[]> {
    const parts = typeof given === 'number' ? [] : namesIn(given);
    if (parts.length > 1 || (parts.length === 1 && parts[0] !== String(given).trim())) {
      const whole = String(given).trim().startsWith('[')
        ? undefined
        : await this.#checked(this.#questionOf(kind, given, options));
      if (whole !== undefined) return [whole];
      const found: Resolved[] = [];
      for (let at = 0; at < parts.length; ) {
        const { record, used } = await this.#oneOf(kind, parts.slice(at), options);
        found.push(record);
        at += used;
      }
      // "Client or Partner" leaves to us which of them to set; a filter takes either.
      if (options.use === 'write' && saysEither(String(given)) && found.length > 1)
        throw new AmbiguousName(this.#questionOf(kind, given, options), found);
      return found;
    }
    return [await this.resolve(kind, given, options)];
  }

  /** The record that the first of some parts names, alone or together with those behind it: "Smith, Jones & Co". */
  async #oneOf(
    kind: NameKind,
    parts: readonly string[],
    options: ResolveOptions,
  ): Promise<{ record: Resolved; used: number }> {
    const most = Math.min(PARTS_OF_A_NAME, parts.length);
    for (let used = 1; used <= most; used += 1) {
      const text = parts.slice(0, used).join(', ');
      const record = await this.#checked(this.#questionOf(kind, text, options)).catch(() =>
        this.resolve(kind, text, options),
      );
      if (record !== undefined) return { record, used };
    }
    return { record: await this.resolve(kind, parts[0] ?? '', options), used: 1 };
  }

  #questionOf(kind: NameKind, given: string | number, options: ResolveOptions): Question {
    const text = String(given);
    if (text.length > LONGEST_NAME) throw new NameTooLong(options.argument, text.length, LONGEST_NAME);
    return { kind, argument: options.argument, given: text.trim(), rule: this.#kinds[kind], options };
  }

  /** As `#find`; what a remembered table gave is looked at once more beside the call. */
  async #checked(question: Question): Promise<Resolved | undefined> {
    const { kind, given, options } = question;
    const remembered = this.#lookup.remembers(kind, options);
    const found = await this.#find(question);
    if (found !== undefined && remembered && !saysMe(given))
      this.#lookup.check(kind, found, isGuess(given, found), options);
    return found;
  }

  /** The record that is meant, typing slips apart. */
  async #find(question: Question): Promise<Resolved | undefined> {
    const { beside } = asSaid(question.given);
    const found = await this.#meant(question);
    return found === undefined || beside === undefined ? found : this.#alsoNamed(question, found, beside);
  }

  /** A record that was said by id or address, if the name beside it is its own. @throws {AmbiguousName} where that is another's */
  async #alsoNamed(question: Question, found: Resolved, beside: string): Promise<Resolved> {
    const name = withoutRemark(beside);
    const { person } = question.rule;
    const own = fitting(name, [found], person);
    if (own.records.length > 0 && own.certainty === 'exact') return found;
    const other = await this.#meant({ ...question, given: name }).catch((error: unknown) => {
      if (error instanceof AmbiguousName) return error.candidates[0];
      return undefined;
    });
    // "3: Acme" fits Acme Dental Group as far as it goes, and is another company's whole identifier.
    const isOthers =
      other !== undefined && other.id !== found.id && fitting(name, [other], person).certainty === 'exact';
    if (!isOthers && (own.records.length > 0 || slipsOf(name, [found]).length > 0)) return found;
    if (other === undefined && asSaid(question.given).id === undefined) return noted(found, question.given);
    if (other === undefined) throw new UnknownName(question, { closest: [found.label] });
    throw new AmbiguousName(question, [found, other]);
  }

  async #meant(question: Question): Promise<Resolved | undefined> {
    const { id: listed, text } = asSaid(question.given);
    if (listed !== undefined) return this.#byId(question, listed);
    if (text === '') return undefined;
    if (question.kind === 'member' && saysMe(text) && this.#me !== undefined)
      return this.#byId(question, (await this.#me()).memberId);
    for (const form of formsOf(text, question.rule)) {
      const fits = await remarked(question, remarkBehind(text, form), this.#lookup);
      const found = await this.#named(question, { text: form, isUnwrapped: form !== text, fits });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #named(
    question: Question,
    { text, isUnwrapped, fits }: { text: string; isUnwrapped: boolean; fits: (record: Named) => boolean },
  ): Promise<Resolved | undefined> {
    const digits = digitsSaid(text);
    if (digits !== undefined) {
      // "Priority 5" without its "Priority" is not an id; "Invoice 10126" and "project 12" are what people see.
      if (isUnwrapped && !question.rule.large) return undefined;
      const numbered = await this.#byNumber(question, digits);
      const found = numbered !== undefined && fits(numbered) ? numbered : undefined;
      if (found !== undefined || !question.rule.large) return found;
    }
    const { kind, rule, options } = question;
    const { rows: all, complete, exact } = await this.#lookup.candidates(kind, text, options);
    const rows = all.filter(fits);
    const candidates = active(rows);
    const fit: Fit = exact ? { records: candidates, certainty: 'exact' } : fitting(text, candidates, rule.person);
    if (fit.isCut && (await this.#isDoubtful(question, text))) return undefined;
    // "Active (2)" is Active with the id of another, not Inactive, which has these letters in its name.
    if (fit.certainty === 'mentioned' && fitting(text, all, rule.person).certainty !== 'mentioned') return undefined;
    if (!complete && fit.records.length > 0 && fit.certainty !== 'exact')
      throw new AmbiguousName(question, fit.records, false);
    const found = this.#only(question, fit, candidates);
    if (found !== undefined) return found;
    const meant = isDenied(text) ? [] : (rule.meantBy?.(text, candidates) ?? []);
    if (meant.length > 0) return this.#only(question, { records: meant, certainty: 'mentioned' }, []);
    const hidden = rows.filter(({ inactive }) => inactive === true);
    const gone: Fit = exact ? { records: hidden, certainty: 'exact' } : fitting(text, hidden, rule.person);
    if (gone.records.length > 0 && !takesInactive(options)) throw new UnknownName(question, { inactive: gone.records });
    return this.#only(question, gone, []);
  }

  /** Whether words that are only begun may mean another record of a big collection: nothing is written on them. */
  async #isDoubtful(question: Question, text: string): Promise<boolean> {
    const { kind, rule, options } = question;
    if (!rule.large) return false;
    if (!rule.person && options.use !== 'read') return true;
    if (!this.#lookup.isNarrowed(kind, options)) return false;
    const { records } = await sameNameElsewhere(question, text, this.#lookup);
    return records.some((other) => answersTo(other).some((name) => sameName(name, text)));
  }

  #only(question: Question, { records, certainty }: Fit, candidates: readonly Named[]): Resolved | undefined {
    const [only, other] = records;
    if (only === undefined) return undefined;
    if (other !== undefined) throw new AmbiguousName(question, records);
    if (certainty === 'mentioned') return noted(only, question.given);
    const others = certainty === 'exact' ? alsoBegin(question.given, only, candidates) : [];
    return others.length > 0 ? noted(only, question.given, others) : only;
  }

  async #byId({ kind, options, ...question }: Question, id: number): Promise<Resolved | undefined> {
    const found = (await this.#lookup.numbered(kind, String(id), options)).find((row) => row.id === id);
    if (found?.inactive && !takesInactive(options)) throw new UnknownName({ kind, ...question }, { inactive: [found] });
    return found;
  }

  /** A printed number comes before an id: who pays "10126" has read it on an invoice. */
  async #byNumber(question: Question, digits: string): Promise<Resolved | undefined> {
    const { numbered, large } = question.rule;
    if (!numbered && large) return this.#byId(question, Number(digits));
    const rows = await this.#lookup.numbered(question.kind, digits, question.options);
    if (!numbered) {
      // An id, or what a record is called: phase 2 is the one of the WBS code 2.
      const [only, other] = rows;
      if (only !== undefined && other === undefined) return this.#byId(question, only.id);
      if (other !== undefined) throw new AmbiguousName(question, rows);
      return undefined;
    }
    const printed = rows.filter(({ label }) => label === digits);
    if (printed.length > 1) throw new AmbiguousName(question, printed);
    return printed[0] ?? rows.find(({ id }) => id === Number(digits));
  }

  /** Nothing fits: for a read, one certain typing slip is corrected; everything else is answered with what is near. */
  async #notFound(question: Question): Promise<Resolved> {
    const { kind, options, given } = question;
    const { text: said } = asSaid(given);
    const text = withoutRemark(said);
    const several = await this.#severalNames(question, text);
    if (several.length > 1) throw new AmbiguousName(question, several);
    const { rows, complete } = await this.#lookup.near(kind, text, options);
    const pool = active(rows);
    const narrowed = this.#lookup.isNarrowed(kind, options);
    const same = narrowed ? await sameNameElsewhere(question, said, this.#lookup) : undefined;
    const isSlip = !isDenied(text) && text === said && !same?.records.length;
    const [slip, other] = isSlip ? slipsOf(text, pool) : [];
    if (options.use === 'read' && slip !== undefined && other === undefined) return noted(slip, given);
    const beside = same ?? (await besideIt(question, text, this.#lookup));
    const isThere = beside.records.length > 0;
    const elsewhere = isThere ? beside : { ...beside, ...ofClosest(text, pool) };
    throw new UnknownName(question, {
      closest: nearest(namePart(text), pool),
      allowed: allowedOf(question, { rows: pool, complete }),
      elsewhere,
      where: await this.#lookup.where(kind, options),
      otherKinds: isThere ? [] : await ofOtherKinds(question, this.#kinds, this.#lookup),
      ofParent: await ofItsParent(question, (parent) => parentSaid(question, parent, this.#finding), this.#lookup),
      byDefault: options.byDefault,
    });
  }

  /** The records of a text that holds several names, where each is one: "Priority 1 or 2". */
  async #severalNames(question: Question, text: string): Promise<readonly Named[]> {
    const parts = namesIn(text);
    if (parts.length < 2 || parts.length > FEW_OF_PARENT) return [];
    return foundForEach(parts, (given) => this.#find({ ...question, given }));
  }
}

/** Names over one client. */
export const createNames = (dependencies: NamesDependencies): Names => new CachedNames(dependencies);
