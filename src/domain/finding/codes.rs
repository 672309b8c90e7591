//! Every finding's code, a row each: its rule, what it means, what to do, its
//! severity and its policy.
//!
//! The first line of a row is the rule, the line after it what it means in
//! full (where the rule does not say all), the last what to do about it.
//! `docs/findings.md` is written from these lines. The words behind the
//! severity are the functions of [`Policy`]: a code without any is for officers
//! only, and a public edition tells its rule alone.

use super::Severity;
use super::policy::{Policy, codes};

codes! {
    /// No file of the source is there under its declared name.
    /// To mend: Put the file on the share under that name, or change `files` in `sources.toml`. The message lists the nearest names found.
    FileMissing = "F101", Blocking, readers, weighed, fixed;
    /// The file is an Office lock file (`~$…`) or is locked by another program.
    /// The file is open or locked in another program.
    /// To mend: Close it; the next run reads it.
    FileLocked = "F102", Blocking, readers, weighed, fixed;
    /// The workbook is protected by a password.
    /// To mend: Save it without one.
    FilePassword = "F103", Blocking, readers, weighed, fixed;
    /// The file is cut off or damaged.
    /// The file is cut off or damaged, or changed while it was read.
    /// To mend: Save it again from the program that made it.
    FileDamaged = "F104", Blocking, readers, weighed, fixed;
    /// The file is no spreadsheet: its bytes are something else.
    /// The file is no spreadsheet, whatever its name says.
    /// To mend: Save it as .xlsx.
    FileNotSpreadsheet = "F105", Blocking, readers, weighed, fixed;
    /// The file is larger than the limit in the settings.
    /// The file is larger than a limit under `[limits]` allows: as it is, unpacked, or in cells.
    /// To mend: Remove what it does not need, or raise the limit that the message names.
    FileTooLarge = "F106", Blocking, readers, weighed, fixed;
    /// More than one file matches and nothing says which one is meant.
    /// Several files match and nothing says which one is meant.
    /// To mend: Leave one, or name it in `files`.
    FileAmbiguous = "F107", Blocking, readers, weighed, fixed;
    /// Reading the file took more memory or time than the settings allow.
    /// Reading the file took more memory or time than `memory_mb`, `cpu_seconds` or `wall_seconds` allow.
    /// To mend: Save it again with only the sheets that are needed; raise the limit only for a file that you know.
    FileTooCostly = "F108", Blocking, readers, weighed, fixed;
    /// The reader broke down over the file.
    /// To mend: Open the file in Excel and save it again as .xlsx. If that does not help, the place that the message names is a fault of the program: report it.
    FileBreaksReader = "F109", Blocking, readers, weighed, fixed;
    /// There is no file for the month; the one of an earlier month stands in.
    /// There is no file for the month, and the file of an earlier month stands in, as `carry_forward_months` allows.
    /// To mend: Nothing, if it is known; else put this month's file on the share. The figures are those of the month named: the pack's month has none.
    CarriedForward = "F120", Caution, readers, weighed, fixed;
    /// Somebody has the file open: what is not saved yet is not in it.
    /// A lock file (`~$name.xlsx`, `.~lock.name#`) lies beside the file: somebody has it open, and what is not saved yet is not in the pack. For officers; no pack prints it.
    /// To mend: Save and close it, and run again. A program that crashed leaves its lock file behind: delete it.
    FileOpen = "F121", Note, weighed, fixed;
    /// The file was changed so short a time ago that it may still be written.
    /// The file was changed less than `settle_seconds` ago: it may still be copied or saved, and half a file is not read. For a service that nobody watches; a run by hand looks at such a file twice.
    /// To mend: Nothing: it is read at the next try, once it has been left alone for so long.
    FileUnsettled = "F122", Blocking, readers, weighed, fixed;
    /// A text file ends without the end of its last line: it may be cut off.
    /// A text file ends without the end of its last line, was looked at twice, and was the same: it may be cut off. For officers; no pack prints it.
    /// To mend: Nothing, if the program that writes it always ends so; else see that it was copied whole.
    FileUnended = "F123", Note, weighed, fixed;
    /// The file is a link that leads out of its storage.
    /// The file, or a folder on the way to it, is a link that leads out of its storage, and the storage does not say `follow_links = true`.
    /// To mend: Save the file itself on the share; or, where the link is meant, say so in the storage's settings.
    FileOutside = "F124", Blocking, readers, weighed, fixed;
    /// A file's name holds a sign that no name should: a line end, a control character, or one that turns a line round.
    /// To mend: Rename the file.
    FileNameUnfit = "F125", Blocking, readers, weighed, fixed;
    /// The storage of a source could not be reached, or no workbook can be opened on this machine.
    /// To mend: The message says what failed and what to do; the next try goes on where this one ended.
    StorageFailed = "F126", Blocking, readers, weighed, fixed;
    /// A text of the workbook holds a sign that turns the line round.
    /// A sheet's name or a text in a cell holds a sign that turns the line round, so that what is read is not what is shown. For officers; no pack prints it.
    /// To mend: Type the text anew.
    TextTurned = "F127", Note, weighed, fixed;
    /// What signs in to the source's storage, or a certificate that it is known by, ends within 30 days. For officers; no pack prints it.
    /// To mend: Have a new one made and put it in its place before that day.
    CredentialEnds = "F128", Note, weighed, fixed;
    /// The declared sheet is not in the workbook.
    /// To mend: The message lists the sheets found; change the sheet's name there or `sheet` in `sources.toml`.
    SheetMissing = "F201", Blocking, readers, weighed, fixed;
    /// A declared header is not in the header row.
    /// To mend: The message lists the headers found and the nearest; add the new name as a synonym.
    HeaderMissing = "F202", Blocking, readers, weighed, fixed;
    /// No header could be read as a month.
    /// To mend: Check `header_rows` and `month.formats`.
    MonthsMissing = "F203", Blocking, readers, weighed, fixed;
    /// A month that cannot be read, or that two formats read differently.
    /// A month cannot be read, or two formats read it differently; or a header with figures at either end of the months is a slip away from one.
    /// To mend: Write it as a date, or add its format to `month.formats`.
    MonthUnreadable = "F204", Blocking, readers, weighed, fixed;
    /// The sheet holds no row of figures.
    /// To mend: Check the sheet, `header_rows` and `filter`.
    SheetEmpty = "F205", Blocking, readers, weighed, fixed;
    /// A sheet holds a row for each person, and its source does not say so.
    /// A sheet that is shown, read or not, holds a row for each person (UPN, NHS number, date of birth, names), and its source does not say so.
    /// To mend: Supply figures instead, take the sheet out of the file, or declare `person_level = true` and count from it.
    PersonLevel = "F206", Blocking, readers, weighed, fixed;
    /// A cell of a list of people is not what its condition needs.
    /// A cell of a list of people is no date, no number, an error, or no identifier, where its count needs one. What it holds is never repeated.
    /// To mend: Mend the cell, or declare its format under `date_formats` or its word under `absent`.
    PersonCell = "F207", Blocking, readers, weighed;
    /// Two dates of a row in a list of people are in the wrong order.
    /// Two dates of a row in a list of people are in the wrong order; the row counts as not meeting the condition.
    /// To mend: Correct whichever is wrong.
    PersonDates = "F208", Caution, readers, weighed;
    /// A row of a delimited file has more or fewer cells than its header.
    /// A row of a delimited file has more cells than its header, or fewer than its header and its neighbours, or a number that a comma cut in two, also where only empty cells make the row longer: its figures may stand in the wrong columns. Empty cells at the end are no fault.
    /// To mend: Put quotation marks round what holds a comma, or save the file as .xlsx.
    RowWidth = "F209", Blocking, readers, weighed, fixed;
    /// Figures stand where no heading says what they are.
    /// A column holds figures and has no heading, or stands between two months, where one is missing, under a heading that is no month. It is left out.
    /// To mend: Give it a heading; if it counts, the one that is declared.
    ColumnUnread = "F210", Caution, readers, weighed;
    /// No months stand under the declared heading.
    /// No months stand under a heading that `indicators` declares (`under`).
    /// To mend: The message lists the headings found; mend `under` in `sources.toml`.
    UnderMissing = "F211", Blocking, readers, weighed;
    /// Another table begins in the sheet, under the first or beside it.
    /// A row below the header holds months or headings of its own, or a column between the months names other indicators: another table begins there, and its figures would be read as this one's.
    /// To mend: Put each table on a sheet of its own, or declare the sheet as `layout = "blocks"`, or its headings by `under`.
    SecondTable = "F212", Blocking, readers, weighed, fixed;
    /// Months stand under different words, such as "Actual" and "Forecast".
    /// Months stand under different words, such as "Actual" and "Forecast", and no indicator says under which its figures stand.
    /// To mend: Say it by `under` at the indicators of the source.
    MonthsUnderWords = "F213", Caution, readers, weighed;
    /// A heading does not stand at the first of the columns or rows that it holds for.
    /// A heading, a year or a month is typed once for several columns or rows, and does not stand at the first of them, as where it is centred by hand: those before it would be read under what stands before.
    /// To mend: Type it at the first of them, or merge it over all.
    HeadingOffset = "F214", Blocking, readers, weighed;
    /// A column between the months names something in each row.
    /// A column between the months holds another name in nearly every row with figures behind it, and its heading calls it no rating, target or comment: another table may begin there, and its figures would be read as this one's.
    /// To mend: Put each table on a sheet of its own, or declare `layout = "blocks"`; or head the column for what it holds. If it belongs to the table, say `severity = { F215 = "note" }` under `checks` of the source.
    NamesBetweenMonths = "F215", Blocking, readers, weighed;
    /// A row holds figures and no name.
    /// A row among those of indicators holds figures where theirs stand, and the cells that would name it are empty or hold nothing that can be seen. It is left out. A row that says in a text that it is a target, a total or the like is passed over.
    /// To mend: Type the reference or the name there; in a row that is none of an indicator's, say in its first cell what it is.
    RowUnnamed = "F216", Caution, readers, weighed;
    /// An indicator has more rows than its layout declares.
    /// Rows with figures and without a name follow those that `rows` declares for an indicator: which row is the numerator, and which the denominator, can then not be told by their order.
    /// To mend: Declare every row of an indicator under `rows` in `sources.toml`, in the sheet's order; those that are not read as "skip".
    PartsBeyond = "F217", Blocking, readers, weighed;
    /// Figures stand one cell further on than their headings.
    /// A row, a column or a whole table seems to be pushed along under its headings: as many cells are empty where others hold figures as hold figures behind the last heading, in a column of texts, or after the month that is due. Or a colour stands under "Target", or figures under "RAG" or "Comment" while a column of figures is empty. Or the actual figures of months are the target that stood beside them until then.
    /// To mend: Move the figures back: delete the empty cell, not its column. If they are right, say `severity = { F218 = "note" }` under `checks` of the source.
    Shifted = "F218", Blocking, readers, weighed;
    /// A column of figures is empty, and those beside it are filled.
    /// A month of a table holds no figure at all, and the others up to the one that is due hold one in most rows; or a column such as "Target" or "England" beside the months holds none. Cells may have been inserted or deleted in every row. For officers; no pack prints it.
    /// To mend: Compare a figure with last month's pack. Nothing, if the months are right.
    ColumnEmpty = "F219", Caution, weighed;
    /// A number stands in a column of texts.
    /// A number stands in the row of an indicator under a heading such as "Comment" or "RAG", where other rows hold none: figures may stand in the wrong columns. For officers; no pack prints it.
    /// To mend: Look whether the row's figures stand under their own months; else delete the number.
    NumberAmongTexts = "F220", Caution, weighed;
    /// Hidden rows, columns or sheets were left out.
    /// Hidden rows, columns or sheets hold something and were left out.
    /// To mend: Unhide them, or declare `hidden = "read"`, if they count. A saved filter hides rows too.
    HiddenSkipped = "F221", Note, readers, weighed;
    /// More than one sheet matches and nothing says which one is meant.
    /// Several sheets match `sheet` and nothing says which one is meant.
    /// To mend: Narrow the pattern, or use `each` if all of them count.
    SheetAmbiguous = "F222", Blocking, readers, weighed;
    /// No block of the sheet has the declared title.
    /// No block of the sheet has a title that `indicators` declares.
    /// To mend: The message lists the titles found; mend `block` in `sources.toml`.
    BlockMissing = "F223", Blocking, readers, weighed;
    /// An indicator has not all the rows that its layout declares.
    /// An indicator has fewer rows than `rows` declares.
    /// To mend: Supply the missing row, or mend `rows` in `sources.toml`.
    PartsMissing = "F224", Blocking, readers, weighed;
    /// No sheet is declared, and several have the declared headings.
    /// No `sheet` is declared, so the first that is shown is read, and another has the declared headings too: whoever puts a sheet in front exchanges the figures. For officers; no pack prints it.
    /// To mend: Name the sheet as `sheet` in `sources.toml`.
    SheetUnsaid = "F225", Caution, weighed;
    /// A row stands under a heading that says its figures are others'.
    /// The row of an indicator stands under a heading such as "Statistical neighbours" or "England": its figures may be another council's.
    /// To mend: Supply the council's own row, and drop the others (`drop_rows`). Nothing, if the figures are the council's.
    UnderOthersHeading = "F226", Caution, readers, weighed;
    /// The table has fewer or more rows than its source declares.
    /// The table has fewer or more rows than `checks.rows` says.
    /// To mend: Check that the file is whole, or change `checks.rows`.
    RowCount = "F231", Blocking, readers, weighed;
    /// The table has a column that its source does not declare.
    /// The table has a column that is not declared, where `checks.extra_columns` says which others there may be.
    /// To mend: Remove it, or list it there.
    UnexpectedColumn = "F232", Note, readers, weighed;
    /// A cell that is neither a number nor a declared marker.
    /// A cell holds neither a number nor a declared marker.
    /// To mend: Type the number alone; if there is none, a declared marker. A text that is to stand for "no figure" is declared in `missing`.
    CellNotNumber = "F301", Blocking, readers, weighed, cell;
    /// A cell that holds an error such as #REF!.
    /// A cell holds an error such as `#REF!`.
    /// To mend: Mend the formula.
    CellError = "F302", Blocking, readers, weighed, cell;
    /// A formula whose value was never calculated and saved.
    /// A formula's value was never calculated and saved.
    /// To mend: Open the workbook, let it calculate, save it.
    CellUncalculated = "F303", Blocking, readers, weighed, cell;
    /// A figure outside its possible range.
    /// A figure is outside its possible range, such as a percentage above 100.
    /// To mend: Check the figure and its unit.
    CellOutOfRange = "F304", Blocking, readers, weighed, cell;
    /// A count that is not a whole number.
    /// A count is not a whole number.
    /// To mend: Check the figure and the indicator's `unit`.
    CellNotWhole = "F305", Blocking, readers, weighed, cell;
    /// A cell shows a percentage where its indicator has another unit.
    /// A cell is formatted as a percentage, and its indicator's unit is another: the sheet shows -3.5%, and the figure would be printed as -0.035, or rounded to 0.0.
    /// To mend: Format the cell as a number, or correct `unit` in `indicators.toml`.
    CellPercentFormat = "F306", Blocking, readers, weighed, cell;
    /// A cell is blank in a column that is declared to be filled.
    /// A cell is blank in a column that `checks.columns` wants filled.
    /// To mend: Fill it.
    CellRequired = "F321", Blocking, readers, weighed, cell;
    /// A cell holds none of the words that are declared for its column.
    /// A cell holds none of the words that `checks.columns` lists (`one_of`), or none that `marks` declares for the column of marks.
    /// To mend: Correct it, or add the word.
    CellNotListed = "F322", Blocking, readers, weighed, cell;
    /// A cell does not look as declared for its column.
    /// A cell does not match the `pattern` of `checks.columns`.
    /// To mend: Correct it, or the pattern.
    CellPattern = "F323", Blocking, readers, weighed, cell;
    /// A figure lies outside the range that is declared for its indicator.
    /// A figure is outside its indicator's `checks.range`.
    /// To mend: Correct it, or the range.
    OutsideDeclared = "F324", Blocking, readers, change;
    /// A cell holds a number that its format does not show.
    /// A cell's number format shows a text in place of its number (`[<6]"c";0` shows "c"), nothing (`;;;`), or another number (`"<"0` shows <7, `0"0"` shows 70, `#,##0,` shows 1,250,000 as 1,250). A zero that is shown as a dash or as nothing counts as 0. Formats are read from .xlsx, and what a cell shows from .ods.
    /// To mend: Give the cell a format that shows its number, or clear it. If the text stands for "no figure", declare it in `missing`.
    CellMasked = "F331", Blocking, readers, weighed, cell;
    /// Two places for one indicator in one month.
    /// Two cells stand for one indicator in one month: in two rows, columns, blocks or sheets. So it is where one of them is blank, holds a marker, or the same number. A row that was renamed goes on below its old one, which ends there; where it goes on above, this is a caution, and rows that take turns are two places.
    /// To mend: Remove one; or say which is meant, with `filter`, `drop_rows`, `block` or `under` of the source.
    Duplicate = "F401", Blocking, readers, weighed, cell;
    // Months to come are no concern of this month's readers.
    /// A month after the pack's period holds figures.
    /// The source holds figures other than noughts for months after the pack's; they are left out.
    /// To mend: Nothing, if that is as it should be.
    FutureMonth = "F402", Caution, weighed;
    /// No figure for a month where one was due.
    /// No figure was supplied for a month in which one was due.
    /// To mend: Supply it, or set the indicator's `lag_months`.
    NotSupplied = "F403", Caution, readers, absence;
    /// No figure for the pack's own month, from a whole source: it is stale.
    /// No indicator of the source has a figure for the month that is due: it is last month's file. Figures that came and were refused do not count as missing.
    /// To mend: Put this month's file on the share; where the message names other findings, look at those first.
    SourceStale = "F404", Blocking, readers, weighed;
    /// A gap inside the series.
    /// A month inside the series has no figure.
    /// To mend: Supply it, if it is known.
    SeriesGap = "F405", Note, readers, absence;
    /// A month carries a note, and was read without it.
    /// A month carries a mark of official statistics or of a footnote, such as `[p]`, `[Note 3]` or `*`, and was read without it.
    /// To mend: Say in the commentary what it means, if it matters; or declare it under `month.notes`.
    MonthNoted = "F406", Note, readers, weighed;
    /// The months of a table run backwards or jump.
    /// The months of a table run backwards or jump, and would not with another year: one was most likely typed with the wrong one.
    /// To mend: Correct the month that the message names; nothing, if it is right.
    MonthsOutOfOrder = "F407", Caution, readers, weighed;
    /// Figures under months, quarters or years are not of their indicator's frequency.
    /// A table has months, quarters or years beside each other. Each indicator is read under those of its own frequency, and the others are left out. A quarter's figure is never read as a month's or a term's: where there is nothing else, that is F204.
    /// To mend: Nothing, if the indicator's `frequency` is right.
    SpanLeftOut = "F408", Note, weighed;
    /// Figures stand in the months between those of a quarterly, termly or annual indicator.
    /// A quarterly, termly or annual indicator is read from a table of months and has figures in the months between: what is printed as the quarter's is that of its last month. That is right for what is counted on a day or over a year, which makes it a note; for what happened in the period it may be one month alone. Noughts are passed over.
    /// To mend: Nothing, if the last month has the figure of the whole; else supply that, or correct `frequency` in `indicators.toml`.
    FiguresBetween = "F409", Caution, readers, change;
    /// A title says an earlier month than the one that the figures are read as.
    /// A sheet's month is read from its name, its title or the file's name, and another of these says an earlier one: the sheet may be last month's under a new name. Titles that say several months, or when something was printed, agreed or compared, are passed over. For officers; no pack prints it.
    /// To mend: See whose figures they are, and correct the title.
    TitleOfOtherMonth = "F410", Caution, weighed;
    /// The file is byte for byte the one that an earlier month's packs used.
    /// The file is byte for byte the one that an earlier month's packs used, and a newer month has become due.
    /// To mend: Nothing, if it already held this month's final figures.
    SameFile = "F421", Note, readers, weighed;
    /// The file has no newer month than an earlier month's packs printed.
    /// To mend: Supply this month's file.
    NoNewerMonth = "F422", Caution, readers, weighed;
    /// The file was last changed too early or too late, counted in working days after the month's end.
    /// The file was last changed before or after the working days of `checks.fresh`.
    /// To mend: Ask for the month's final file.
    NotFresh = "F423", Caution, readers, weighed;
    /// The newest figure is far from the one before it.
    /// The newest figure is more than `checks.jump` from the one before (30 points for a percentage), in its unit or in percent of it. Never across a month without a figure, a break, fewer than `checks.jump_floor` people, or for a year to date.
    /// To mend: Check it; if it is right, say why in the commentary.
    Jump = "F424", Caution, readers, change;
    /// Figures differ from what was published for their month.
    /// Figures are not what the packs of earlier months printed. So is a figure that is the same and is worked from another numerator or denominator than was printed ("was 66.7% (40 of 60), now 66.7% (80 of 120)"). Told for each indicator, or for the source where more than `checks.group_over` are restated. The pack lists each with why.
    /// To mend: If they were corrected, say so in the commentary; else restore them.
    Restated = "F425", Caution, readers, change;
    /// The newest figure is outside the limits of its own series.
    /// The newest figure is outside the limits of its own series: the mean of at least 12 figures before it, and 2.66 times their mean moving range either side. Only where `checks.outlier` asks for it.
    /// To mend: Check it; if it is right, say why in the commentary.
    Outlier = "F426", Note, readers, change;
    /// Every figure of the month is that of an earlier month.
    /// Every figure of the month, or all but one in four, is that of an earlier month to the last digit, with its numerator and denominator: most likely its column was copied and not filled in. Told where that many repeat themselves by chance less than once in 500 times, by how often each of their series does.
    /// To mend: Fill in the month. If the figures are right, say so in the commentary.
    Copied = "F427", Caution, readers, together;
    /// A figure is ten, a hundred or a thousand times off its own series.
    /// A figure is about ten, a hundred or a thousand times more or less than its own series leads to expect, and would fit it with its point moved; or a count is three times beyond a steady series of 8 or more, or a third below it. By at least 3 other figures on the same side of every break; never where so few are counted that chance moves them by factors.
    /// To mend: Check it for a slipped digit or point; if it is right, say why in the commentary.
    TenfoldFigure = "F428", Caution, readers, change;
    /// A denominator is ten, a hundred or a thousand times off its own series.
    /// The denominator of a figure is about ten, a hundred or a thousand times more or less than those of its series: the figure itself may look right, as 820 of 1,000 does after 82 of 100.
    /// To mend: Check the numerator and the denominator; if they are right, say why in the commentary.
    TenfoldDenominator = "F429", Caution, readers, change;
    /// Noughts where there never were any.
    /// A figure is 0, or 0 of 0, and the other figures of its series never were near it; or most figures of the month are. A month that is not filled in yet may be the reason.
    /// To mend: Leave the cells of a month that has no figures empty, or type a marker. If 0 is right, say why in the commentary.
    Noughts = "F430", Caution, readers, together;
    /// A figure lacks the numerator or denominator that other months have.
    /// A figure comes without the numerator or the denominator that most other months have. The page cannot say how many of how many, and longer views such as the year to date go without the month.
    /// To mend: Type both beside the figure.
    PartsLost = "F431", Note, readers, absence;
    /// The newest figures of two indicators each fit the other's series.
    /// The newest figures of two indicators of one source are each far from their own series and fit the other's: the labels of two rows may have been exchanged.
    /// To mend: Check the two rows.
    Exchanged = "F432", Caution, readers, together;
    /// The source has far fewer rows than the last packs were made from.
    /// The source has fewer than four fifths of the rows that the packs of an earlier month were made from (told from fifty rows on): the file may be cut off, or exported with a filter.
    /// To mend: Check that the file is whole. If it is, say in the commentary why there are fewer.
    RowsLost = "F433", Caution, readers, weighed;
    /// A row has one indicator's reference and the title of another.
    /// A row has one indicator's reference, and in a cell beside it the title or the declared name of another, to the letter: the labels of two rows were exchanged, and the figures may be of either.
    /// To mend: See whose figures they are, and correct the reference or the title.
    NameOfAnother = "F434", Blocking, readers, weighed;
    /// Figures stand in the month beside the one that earlier packs had them in.
    /// Three figures or more, and most of those that are otherwise than in the packs of earlier months, are what those packs printed for the month before or after: the headings or the figures of the table were moved.
    /// To mend: Move them back. If the earlier packs were wrong, say `severity = { F435 = "caution" }` under `checks` of the source for this month.
    MonthsMoved = "F435", Blocking, readers, weighed;
    /// The numerator is greater than the denominator.
    /// To mend: Check both.
    NumeratorTooLarge = "F501", Blocking, readers, weighed, cell;
    /// The printed percentage is not what numerator and denominator give.
    /// The percentage supplied is not what its numerator and denominator give.
    /// To mend: Check all three.
    RatioDisagrees = "F502", Blocking, readers, weighed;
    /// One figure looks a hundred times too small or too large for its series.
    /// A percentage looks a hundred times too small or too large.
    /// To mend: Type it as the other months of the series are typed; where every figure of it stands so, declare `percent` for the source.
    PercentScale = "F503", Blocking, readers, weighed, cell;
    /// The unrounded figure would have had another colour.
    /// Rated on the rounded figure, as printed; the unrounded one would have had another colour.
    /// To mend: Nothing: the page adds up.
    RoundingChangesRating = "F504", Note, readers, change;
    /// A figure was typed beside 0 of 0.
    /// A percentage or another ratio was typed where its numerator and denominator are 0: nobody could have been counted, so the page prints "0 of 0".
    /// To mend: Empty the cell; if there was somebody, correct the numerator and the denominator.
    TypedBesideNone = "F505", Note, readers, weighed, cell;
    /// A total is not the sum of its parts.
    /// A total is not the sum of the indicators in its `checks.total_of`.
    /// To mend: Correct the total or its parts.
    TotalDisagrees = "F521", Blocking, readers, sum;
    /// The series breaks: earlier months cannot be compared.
    /// The series breaks between the previous figure and this one.
    /// To mend: Nothing: it is declared.
    SeriesBreak = "F601", Note, readers, weighed;
    /// The target is not the same as for the previous figure.
    /// The target is not the one that was in force for the previous figure.
    /// To mend: Nothing: it is declared.
    TargetChanged = "F602", Note, readers, weighed;
    /// An indicator that should be rated has no target in force.
    /// To mend: Set one, or `better = "none"` for context.
    TargetMissing = "F603", Caution, readers, weighed;
    /// A row of the source names an indicator that the register does not know.
    /// The source names indicators that the register does not know.
    /// To mend: Add them, or leave them out of the source.
    UnknownIndicator = "F604", Note, weighed;
    /// The source's own rating is not the one that the target gives.
    /// The source colours a figure otherwise than its target does.
    /// To mend: Check the target in `indicators.toml`, or tell the source's owner. The pack prints its own rating.
    OwnRatingDiffers = "F611", Note, readers, weighed;
    /// A source's own rating that its declaration does not know.
    /// The source gives a rating or a colour that `rag` does not declare.
    /// To mend: Add it to `map` under `rag`.
    OwnRatingUnread = "F612", Note, readers, weighed;
    /// Every figure is fifty times its target or more, or a fiftieth of it or less.
    /// Every figure of the series is fifty times its target or more, or a fiftieth of it or less: one of them is in another unit.
    /// To mend: Correct the target in `indicators.toml`, or `percent` of the source.
    TargetScale = "F613", Blocking, readers, weighed;
    /// The largest figure behind a mean, which its target limits, is not there.
    /// The largest figure behind a mean, which the target limits (`maximum`), is not there: a mean within its range is not rated green on its own, but not at all.
    /// To mend: Supply it, or take `maximum` and `limit` out of the target.
    LargestMissing = "F614", Caution, readers, weighed;
    /// The figure of a year before, which the rating asks for, is not there.
    /// There is no figure of a year before to hold this one against (`rule = "improved"`), so it cannot be amber.
    /// To mend: Supply it, or wait until there is a year of figures.
    YearBeforeMissing = "F615", Note, readers, weighed;
    /// Every figure meets a target that stands where the other way would be better.
    /// A percentage whose target is 80 or more though lower is better, or 20 or less though higher is, is met by every figure in sight (at least 6, none hidden): the target may be on the wrong side. A question to officers; no pack prints it.
    /// To mend: Correct `better` or the target in `indicators.toml`. If both are meant, say `severity = { F616 = "off" }` under the indicator's `checks`.
    TargetSide = "F616", Caution, weighed;
    /// A target is 0, and every figure is past all that its rule forgives.
    /// A target is 0 with a rule that forgives some (`points`, `percent`, `absolute`, `floor`), and every figure in sight (at least 6, none hidden) is past what it forgives. A question to officers; no pack prints it.
    /// To mend: Correct the target. If nothing but 0 will do, write `rule = "zero"`; if it is meant as it stands, say `severity = { F617 = "off" }` under the indicator's `checks`.
    TargetNought = "F617", Caution, weighed;
    // What members asked for has a list of its own in the pack.
    /// Members asked for something that the pack does not have.
    /// Members asked to see something that is not in the pack (`[[requests]]` of the board).
    /// To mend: Add the indicator or section, or say in `met` where it is or why it is not.
    RequestOpen = "F620", Caution, weighed;
    /// Control limits should begin anew in a month that has no figure, or that lies before the series or far ahead.
    /// Control limits should begin anew (`signal.rebase`) in a month that has no figure, lies before the first figure of the source, or lies more than 12 months after the pack's month; they do not.
    /// To mend: Name the month of a figure, or take it out.
    RebaseMissed = "F631", Caution, readers, weighed;
    /// The parts of a breakdown do not make the whole.
    /// The parts of a breakdown do not make the whole: they add up to more, or, where all are known, to less.
    /// To mend: Correct the whole or its parts; say `sums = false` of the breakdown where they are not meant to.
    PartsDisagree = "F641", Blocking, readers, sum;
    /// A category of a breakdown has no figure where its whole has one.
    /// A category of a breakdown has no figure for the month that is due, and its whole has one.
    /// To mend: Supply it (0 for nobody), or say what the source calls it.
    CategoryNotSupplied = "F642", Caution, readers, absence;
    /// A row names a category that its breakdown does not know.
    /// A row names a category that its breakdown does not have; it is left out.
    /// To mend: Declare the category, or its name under `segments.names`.
    CategoryUnknown = "F643", Caution, readers, weighed;
    /// More are not due yet than there are to be counted.
    /// More are not due yet than the denominator counts.
    /// To mend: Correct whichever is wrong: the denominator includes those not due yet.
    NotDueTooMany = "F644", Blocking, readers, weighed, cell;
    /// A text holds a character that the pack's fonts cannot print.
    /// A commentary, or a text of the config, holds a character that the pack's fonts cannot print, such as an emoji.
    /// To mend: Remove it. The message names the character and the file.
    Unprintable = "F701", Blocking, readers, weighed;
    /// A commentary was written about another figure or rating than today's.
    /// A commentary is bound to another figure or rating than today's (`about`). It is not printed; where it is asked for, the pack stays a draft.
    /// To mend: Look at it again. If it still holds, delete its `about` line (in the workbook: empty its Figure cell); else rewrite it and do the same.
    CommentStale = "F702", Caution, writers, weighed;
    /// A commentary is the last one again, unchanged.
    /// A commentary is word for word the last one on the same indicator.
    /// To mend: Say what is new this month.
    CommentCopied = "F703", Caution, writers, weighed;
    /// A commentary says that a figure got better where it got worse, or the other way.
    /// The first sentence on the direction of the figure says better where it got worse, or worse where it got better. A sentence with a "not", a "but" or a future in it is passed over.
    /// To mend: Correct the text, or say what it is about.
    CommentContradicts = "F704", Caution, writers, weighed;
    /// The commentary on a red figure names no action, no owner or no date.
    /// The commentary on a red figure has no `action`, no `owner` or no `due`: it is blank, says "TBC" or the like, or is no day. The pack stays a draft. A board's `red_needs` says which of the three it needs, or none.
    /// To mend: Fill in what the message names.
    RedWithoutAction = "F705", Caution, writers, weighed;
    /// A commentary has more words than the board asks for.
    /// A commentary has more words than the board's `commentary_words`.
    /// To mend: Shorten it.
    CommentTooLong = "F706", Caution, writers, weighed;
    /// A commentary or another text names a number that the public edition hides.
    /// A commentary on a hidden figure, or a sentence that calls one by its title, in full or in short, its category, its reference or its initials, says a quantity that is not plainly of another kind (a date, a time, an age, a section, staff); or a text on an indicator says the number of a hidden category of it. So it is told, in the public edition, of a commentary that is bound to another figure than a hidden one. The public edition leaves it out, says so in its place and waits for another; a restricted one prints it. So with any other text of `boards/*.toml` or `indicators.toml` that names one: a list of the agenda, the words of a section, a note on a chart, a role or a place; the finding says which.
    /// To mend: Say it without the number.
    CommentNamesHidden = "F707", Caution, writers, weighed;
    /// An action's owner looks like a person's name where a role is asked for.
    /// An action's `owner` is two or three capitalised words, none of which is a word for a role or a body.
    /// To mend: Write the role: "Head of Service, Leaving Care".
    PersonForRole = "F708", Caution, writers, weighed;
    /// A commentary only says that there will be one.
    /// A commentary says "TBC", "to follow", "n/a" or the like. It counts as not written.
    /// To mend: Write it.
    CommentFiller = "F709", Caution, writers, weighed;
    /// The commentary file and the commentary workbook say different things.
    /// The commentary file and the commentary workbook say different things on one indicator. Neither is printed.
    /// To mend: Make them the same, or empty one of them.
    CommentDisputed = "F710", Caution, writers, weighed;
    /// The commentary workbook could not be read, or a row of it cannot be printed.
    /// The commentary workbook could not be read, its words could not be written into the commentary file (they count all the same), or a row of it names no board or indicator, has an action and no Text, or a date that is none. A row's board alone is told of it.
    /// To mend: Mend what the message names.
    CommentWorkbook = "F711", Caution, writers, weighed;
    /// The pack was signed off before its content changed.
    /// The pack was signed off, and its content has changed since.
    /// To mend: Look at it again, and run `boardpack sign`.
    SignOffVoid = "F712", Caution, writers, weighed;
    /// Page 1 is told to list under "Going well" what got worse.
    /// Officers chose to list an indicator under "Going well" on page 1, and it got worse: it is not listed there.
    /// To mend: Take it out of `improved` under `[page_1]` of the commentary file.
    ChosenWorse = "F713", Caution, writers, weighed;
    /// The commentary file of a pack, or its sign-off, could not be read.
    /// The commentary file of a pack, or its sign-off, has a fault: a date that is none, an unknown key, text that is no TOML. It holds that pack and no other.
    /// To mend: Mend what the message names; `boardpack config` lists every such fault.
    CommentUnread = "F714", Blocking, writers, weighed;
    /// A published file is not what was published.
    /// A published file differs from the digest in its manifest: it was edited, converted or replaced after it was issued. What readers were told cannot be known from it, so nothing is compared with it.
    /// To mend: Bring the file back from a backup, byte for byte; `boardpack verify --all` names every such file.
    IssuedAltered = "F716", Blocking, weighed, fixed;
    /// A published file, a manifest or a whole revision is gone.
    /// A published file, a manifest or a whole revision is gone: moved, deleted or renamed after it was issued. What readers were told cannot be known without it.
    /// To mend: Bring it back from a backup. What is gone for good: `boardpack ledger accept-loss` says why, and docs/ledger.md what comes of it.
    IssuedGone = "F717", Blocking, weighed, fixed;
    /// The manifest of a published revision cannot be trusted.
    /// The manifest of a published revision was edited, is cut off, says something that its folder contradicts, or is of a revision that the ledger does not know. So is a row of the ledger that was changed.
    /// To mend: Bring the manifest back from a backup; where the ledger is the older one, `boardpack ledger rebuild` makes it anew.
    IssuedUntrusted = "F718", Blocking, weighed, fixed;
    /// A sign-off by a role that the board does not name: it counts for nothing.
    /// To mend: Have a role sign that the board names, or name the role in `sign_off_by` of the board's file.
    SignOffRole = "F719", Caution, writers, weighed;
    /// A text may say who somebody is, and no officer has said that it may stand.
    /// A text that a page prints (commentary, a list of the agenda, the words of a section, a note in the register, a title, a role, the glossary) holds what looks like a person's name, initials or a letter for a person, one child's age with a sex, place, nationality or disability, a date of birth, a UPN, NHS, National Insurance, passport, case or reference number, a car's registration, an address, a telephone number, a person's mail address or account in social media, or a few children beside the name of their school or home. Nothing of it is repeated. It holds every edition.
    /// To mend: Take it out. Where it is nobody, or may be public, say so in a `[[looked_at]]` of the commentary file or the board's file: docs/config.md.
    PersonInText = "F720", Blocking, writers, weighed, fixed;
    /// A `[[looked_at]]` is about no sentence in which anything was found.
    /// A `[[looked_at]]` is about no sentence in which anything was found: the text has changed since, `of` names another text, or nothing is found in it any more.
    /// To mend: Look at the text again and copy the sentence anew, or delete the `[[looked_at]]`.
    LookedAtUnused = "F721", Caution, writers, weighed;
    /// The commentary of an earlier month cannot be read, and what it promised is not carried on.
    /// The commentary file of one of the twelve months before has a fault, so the actions that it gave are not listed in this pack, overdue or not.
    /// To mend: Mend the file of that month; `boardpack config` lists its faults.
    EarlierUnread = "F722", Caution, writers, weighed;
    /// Commentary is due too late for the meeting that it is for.
    /// A board's commentary falls due on the day of its meeting or later, or after the day by which its pack should be final (`final`). Commentary that may follow (`commentary_to_follow`) only has to be there before the meeting.
    /// To mend: Let it be due earlier, or correct the date of the meeting.
    CommentaryLate = "F723", Caution, weighed;
    /// A hidden number of children could be worked out from what is shown.
    /// A hidden number of children could be worked out from what is shown, so no public edition may be made. The message names the figure, never its value.
    /// To mend: Raise the threshold, leave a breakdown out, or tell the maintainers: this should not happen.
    Recoverable = "F801", Blocking, readers, weighed;
    /// A percentage of children comes without the numbers behind it, so it cannot be weighed for disclosure.
    /// A percentage of children comes without numerator and denominator, so small numbers behind it cannot be found.
    /// To mend: Have the source supply them, or say `disclosure.sensitive = false` for the indicator.
    Unweighed = "F802", Note, weighed;
}
