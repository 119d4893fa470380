import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/**
 * Builds and asks two indexes, of articles and of quotations, whose words come between spaces.
 *
 * <p>{@code build FOLDER ROWS} and {@code ask FOLDER QUESTIONS PAGE ROUNDS}; what is measured is printed as
 * JSON. A row is what {@code benchmarks.words} writes; a question has its index, how its words are wanted, its
 * order, offset, speaker and words. An answer is its total and the median milliseconds of CPU and of wall time.
 */
public final class SearchWithLucene {
    private static final int KEY = 1, DATE = 3, SPEAKERS = 6, STEMS = 9, SURFACES = 10;
    /** The values of these columns are exact terms. */
    private static final int[] KEYED = {4, 5, SPEAKERS, 7, 8};
    private static final String[] KEY_FIELDS = {"source", "meeting", "speaker", "country", "kind"};
    /** Enough for the compiler of the virtual machine to have done its work. */
    private static final int WARMING_ROUNDS = 20;

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("build")) {
            build(folder, Path.of(arguments[2]));
        } else {
            ask(folder, Path.of(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        }
    }

    private static void build(Path folder, Path rows) throws IOException {
        long cpu = processCpu(), wall = System.nanoTime();
        int articles = 0;
        try (var articleWriter = writer(folder.resolve("articles"));
                var quotationWriter = writer(folder.resolve("quotations"));
                var lines = Files.newBufferedReader(rows, StandardCharsets.UTF_8)) {
            for (String line; (line = lines.readLine()) != null; ) {
                String[] row = line.split("\t", -1);
                boolean isArticle = row[0].equals("a");
                (isArticle ? articleWriter : quotationWriter).addDocument(document(row));
                articles += isArticle ? 1 : 0;
            }
        }
        System.out.printf(Locale.ROOT, "{\"docs\": %d, \"cpu_s\": %.3f, \"wall_s\": %.3f, \"rss_mb\": %.1f}%n",
                articles, (processCpu() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9, peak());
    }

    private static IndexWriter writer(Path folder) throws IOException {
        return new IndexWriter(FSDirectory.open(folder), new IndexWriterConfig(new WhitespaceAnalyzer()));
    }

    private static Document document(String[] row) {
        var document = new Document();
        document.add(new NumericDocValuesField("key", Long.parseLong(row[KEY])));
        document.add(new NumericDocValuesField("day", LocalDate.parse(row[DATE]).toEpochDay()));
        for (int place = 0; place < KEYED.length; place++) {
            for (String value : row[KEYED[place]].split(" ")) {
                if (!value.isEmpty()) {
                    document.add(new StringField(KEY_FIELDS[place], value, Field.Store.NO));
                }
            }
        }
        document.add(new TextField("stems", row[STEMS], Field.Store.NO));
        document.add(new TextField("surfaces", row[SURFACES], Field.Store.NO));
        return document;
    }

    private static void ask(Path folder, Path questions, int page, int rounds) throws IOException {
        long opened = System.nanoTime();
        try (var articles = DirectoryReader.open(FSDirectory.open(folder.resolve("articles")));
                var quotations = DirectoryReader.open(FSDirectory.open(folder.resolve("quotations")))) {
            double opening = (System.nanoTime() - opened) / 1e6;
            List<String[]> asked = new ArrayList<>();
            for (String line : Files.readAllLines(questions, StandardCharsets.UTF_8)) {
                asked.add(line.split("\t", -1));
            }
            var searchers = List.of(new IndexSearcher(articles), new IndexSearcher(quotations));
            for (IndexSearcher searcher : searchers) {
                searcher.setQueryCache(null);
            }
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            double[][] cpu = new double[asked.size()][rounds], wall = new double[asked.size()][rounds];
            int[] totals = new int[asked.size()];
            for (int round = -WARMING_ROUNDS; round < rounds; round++) {
                for (int place = 0; place < asked.size(); place++) {
                    String[] question = asked.get(place);
                    long cpuBefore = threads.getCurrentThreadCpuTime(), wallBefore = System.nanoTime();
                    IndexSearcher searcher = searchers.get(question[0].equals("articles") ? 0 : 1);
                    totals[place] = answer(searcher, question, page);
                    if (round >= 0) {
                        cpu[place][round] = (threads.getCurrentThreadCpuTime() - cpuBefore) / 1e6;
                        wall[place][round] = (System.nanoTime() - wallBefore) / 1e6;
                    }
                }
            }
            var answers = new StringBuilder();
            for (int place = 0; place < asked.size(); place++) {
                answers.append(String.format(Locale.ROOT, "%s[%d, %.5f, %.5f]", place == 0 ? "" : ", ",
                        totals[place], median(cpu[place]), median(wall[place])));
            }
            System.out.printf(Locale.ROOT, "{\"open_ms\": %.3f, \"rss_mb\": %.1f, \"answers\": [%s]}%n",
                    opening, peak(), answers);
        }
    }

    /** How many documents there are; the keys of the page are read as well. */
    private static int answer(IndexSearcher searcher, String[] question, int page) throws IOException {
        Query query = query(question[1], question[5].split(" "), question[4]);
        int offset = Integer.parseInt(question[3]);
        ScoreDoc[] best = question[2].equals("newest")
                ? searcher.search(query, offset + page, new Sort(new SortField("day", SortField.Type.LONG, true)))
                        .scoreDocs
                : searcher.search(query, offset + page).scoreDocs;
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        long[] keys = new long[Math.max(0, best.length - offset)];
        for (int place = 0; place < keys.length; place++) {
            int number = best[offset + place].doc;
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(number, leaves));
            var values = leaf.reader().getNumericDocValues("key");
            values.advanceExact(number - leaf.docBase);
            keys[place] = values.longValue();
        }
        return searcher.count(query);
    }

    private static Query query(String how, String[] words, String speaker) {
        if (how.equals("phrase")) {
            return new PhraseQuery("surfaces", words);
        }
        var query = new BooleanQuery.Builder();
        if (how.equals("prefix")) {
            query.add(new PrefixQuery(new Term("stems", words[0])), Occur.SHOULD);
            query.add(new PrefixQuery(new Term("surfaces", words[0])), Occur.SHOULD);
            return query.build();
        }
        for (String word : words) {
            query.add(new TermQuery(new Term("stems", word)), how.equals("any") ? Occur.SHOULD : Occur.MUST);
        }
        if (!speaker.isEmpty()) {
            query.add(new TermQuery(new Term("speaker", speaker)), Occur.FILTER);
        }
        return query.build();
    }

    private static double median(double[] values) {
        double[] ordered = values.clone();
        Arrays.sort(ordered);
        return ordered[ordered.length / 2];
    }

    private static long processCpu() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime();
    }

    /** The most megabytes that this process has had resident; 0 where the system does not tell. */
    private static double peak() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException error) {
            return 0;
        }
        return 0;
    }
}
