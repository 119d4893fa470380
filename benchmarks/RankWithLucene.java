import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Ranks documents with Lucene's Arabic analyzer and its default similarity (BM25, k1 1.2, b .75), any word
 * of a query being enough. Arguments: a file of documents, a file of queries (one a line), the file to write
 * (a line for every document found: place of the query, place of the document, score), and how many to find.
 */
public final class RankWithLucene {
    private static final String TEXT = "text";
    private static final String PLACE = "place";

    public static void main(String[] arguments) throws IOException {
        int limit = Integer.parseInt(arguments[3]);
        try (Analyzer analyzer = new ArabicAnalyzer();
                var directory = new ByteBuffersDirectory()) {
            try (var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                int place = 0;
                for (String line : Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
                    var document = new Document();
                    document.add(new StoredField(PLACE, place++));
                    document.add(new TextField(TEXT, line, Field.Store.NO));
                    writer.addDocument(document);
                }
            }
            try (var reader = DirectoryReader.open(directory);
                    var run = Files.newBufferedWriter(Path.of(arguments[2]))) {
                var searcher = new IndexSearcher(reader);
                var builder = new QueryBuilder(analyzer);
                int place = 0;
                for (String line : Files.readAllLines(Path.of(arguments[1]), StandardCharsets.UTF_8)) {
                    Query query = builder.createBooleanQuery(TEXT, line);
                    if (query != null) {
                        for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
                            int found = searcher.storedFields().document(hit.doc)
                                    .getField(PLACE).numericValue().intValue();
                            run.write(place + " " + found + " " + hit.score + "\n");
                        }
                    }
                    place++;
                }
            }
        }
    }
}
