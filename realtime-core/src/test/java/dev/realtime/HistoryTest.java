package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    private static final String ROOM = "'roomId':'chat:ana:ben'";

    private final TestNode node = new TestNode();
    private final TestClient ana = node.client("ana/patient");

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void itemsAreMessagesWithAttachmentsAlways() {
        send("'recipientId':'ben','clientMessageId':'c-1'");
        Payload ack = history(ROOM);
        Payload item = ack.get("messages").orElseThrow().elements().get(0);
        assertThat(ack)
                .isEqualTo(json(
                        "{'success':true,'hasMore':false,'messages':[{'id':'%s','roomId':'chat:ana:ben','seq':1,"
                                + "'senderId':'ana','recipientId':'ben','message':'hi','attachments':[],"
                                + "'timestamp':'2026-11-23T09:15:48.000Z','status':'sent','clientMessageId':'c-1',"
                                + "'metadata':{'senderRole':'patient'}}]}",
                        text(item, "id")));
    }

    @Test
    void aRoomWithoutMessagesHasAnEmptyHistory() {
        assertThat(history(ROOM)).isEqualTo(json("{'success':true,'messages':[],'hasMore':false}"));
    }

    @Test
    void theFirstSelectorCounts() {
        node.visit("v1", "ana", "ben");
        send("'roomId':'chat:ana:ben'");
        send("'recipientId':'cat'");
        send("'visitId':'v1'");
        send("'recipientId':'cat','visitId':'v1'");
        assertThat(rooms("'visitId':'v1','roomId':'chat:ana:ben','recipientId':'cat'"))
                .containsExactlyInAnyOrder("visit:v1", "chat:ana:cat");
        assertThat(rooms("'roomId':'chat:ana:ben','recipientId':'cat'")).containsExactly("chat:ana:ben");
        assertThat(rooms("'recipientId':'cat'")).containsExactly("chat:ana:cat", "chat:ana:cat");
        assertThat(rooms("'visitId':'v1','afterSeq':0")).containsExactly("visit:v1");
        assertThat(rooms("'visitId':'v1','beforeSeq':9")).containsExactly("visit:v1");
    }

    @Test
    void cursorsReadInTheirDirection() {
        for (int i = 0; i < 10; i++) {
            send(ROOM);
            node.time.advance(Duration.ofMillis(1));
        }
        assertPage("", false, 1, 10);
        assertPage(",'limit':3", true, 8, 10);
        assertPage(",'limit':3,'before':'2026-11-23T09:15:48.007Z'", true, 5, 7);
        assertPage(",'limit':3,'before':'2026-11-23T10:15:48.007+01:00'", true, 5, 7);
        assertPage(",'limit':7,'before':'2026-11-23T09:15:48.007Z'", false, 1, 7);
        assertPage(",'limit':3,'beforeSeq':5", true, 2, 4);
        assertPage(",'limit':4,'beforeSeq':5", false, 1, 4);
        assertPage(",'limit':3,'afterSeq':5", true, 6, 8);
        assertPage(",'limit':5,'afterSeq':5", false, 6, 10);
        assertPage(",'limit':2,'afterSeq':-7", true, 1, 2);
        assertPage(",'limit':2,'afterSeq':3,'beforeSeq':3,'before':'2026-11-23T09:15:48.000Z'", true, 4, 5);
        assertPage(",'limit':2,'beforeSeq':4,'before':'2026-11-23T09:15:48.000Z'", true, 2, 3);
        assertThat(seqs(history(ROOM + ",'afterSeq':10"))).isEmpty();
        assertThat(seqs(history(ROOM + ",'afterSeq':9007199254740991"))).isEmpty();
        assertThat(seqs(history(ROOM + ",'beforeSeq':1"))).isEmpty();
        assertThat(seqs(history(ROOM + ",'beforeSeq':1e300"))).hasSize(10);
        assertThat(seqs(history(ROOM + ",'before':'2026-11-23T09:15:48.000Z'"))).isEmpty();
    }

    @Test
    void aLimitIsClamped() {
        for (int i = 0; i < 201; i++) {
            send(ROOM);
            node.time.advance(Duration.ofMillis(1));
        }
        assertThat(seqs(history(ROOM))).hasSize(50);
        assertThat(seqs(history(ROOM + ",'limit':null"))).hasSize(50);
        assertThat(seqs(history(ROOM + ",'limit':0"))).hasSize(1);
        assertThat(seqs(history(ROOM + ",'limit':-1"))).hasSize(1);
        assertThat(seqs(history(ROOM + ",'limit':2.9"))).hasSize(2);
        assertThat(seqs(history(ROOM + ",'limit':10000"))).hasSize(200);
        assertThat(seqs(history(ROOM + ",'limit':-1e400"))).hasSize(1);
        assertThat(seqs(history(ROOM + ",'limit':1e400"))).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit:'5'",
                "limit:{}",
                "before:5",
                "before:'yesterday'",
                "before:'2026-11-23'",
                "before:''",
                "beforeSeq:'5'",
                "afterSeq:[]",
                "visitId:'a:b'",
                "roomId:7",
                "recipientId:''"
            })
    void aFieldThatIsWrongIsRefused(String wrong) {
        String field = wrong.substring(0, wrong.indexOf(':'));
        String room = field.equals("roomId") ? "" : ROOM + ",";
        assertThat(history(room + "'" + field + "'" + wrong.substring(field.length())))
                .isEqualTo(json(
                        "{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'%s'}", field));
    }

    @Test
    void withoutASelectorTheVisitIsMissed() {
        assertThat(history("'limit':5"))
                .isEqualTo(json("{'success':false,'error':'visitId is required','code':'missing_field'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"roomId|chat:x:y", "roomId|user:ana", "roomId|lobby", "visitId|v9"})
    void whatIsForbiddenIsNotRead(String field, String value) {
        assertThat(history("'" + field + "':'" + value + "'"))
                .isEqualTo(
                        json("{'success':false,'error':'Access denied to this conversation','code':'access_denied'}"));
    }

    @Test
    void adminsReadEverythingButReservedRooms() {
        send(ROOM);
        TestClient admin = node.client("adm/admin");
        assertThat(seqs(admin.ask("message:history", "{\"roomId\":\"chat:ana:ben\"}")))
                .containsExactly(1L);
        TestNode.assertSuccess(admin.ask("message:history", "{\"visitId\":\"v9\"}"));
    }

    @Test
    void aThousandMessagesAreReadOnceWhicheverWay() {
        for (int i = 0; i < 350; i++) {
            send(ROOM);
            node.time.advance(Duration.ofMillis(1));
        }
        for (int i = 0; i < 300; i++) {
            send(ROOM);
        }
        for (int i = 0; i < 350; i++) {
            node.time.advance(Duration.ofMillis(1));
            send(ROOM);
        }
        long[] all = LongStream.rangeClosed(1, 1000).toArray();
        assertThat(walk("'limit':90,'afterSeq':0", page -> "'limit':90,'afterSeq':" + last(seqs(page)), false))
                .containsExactly(all);
        assertThat(walk(
                        "'limit':90",
                        page -> "'limit':90,'beforeSeq':" + seqs(page).get(0),
                        true))
                .containsExactly(all);
        assertThat(walk(
                        "'limit':90",
                        page -> "'limit':90,'before':'"
                                + text(
                                        page.get("messages")
                                                .orElseThrow()
                                                .elements()
                                                .get(0),
                                        "timestamp") + "'",
                        true))
                .containsExactly(all);
    }

    @Test
    void aPageEndsBeforeHalfAMegabyte() {
        String long30k = "\u20ac".repeat(10_000);
        for (int i = 0; i < 40; i++) {
            node.time.advance(Duration.ofMillis(1));
            ana.ask("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"" + long30k + "\"}");
        }
        Payload page = history(ROOM);
        assertThat(page.size()).isBetween(450_000, 512 * 1024 + 100);
        assertThat(page.get("hasMore").map(Payload::asBoolean)).hasValue(true);
        assertThat(last(seqs(page))).isEqualTo(40);
        assertThat(walk("'afterSeq':0", each -> "'afterSeq':" + last(seqs(each)), false))
                .containsExactly(LongStream.rangeClosed(1, 40).toArray());
    }

    private interface Next {
        String after(Payload page);
    }

    private long[] walk(String first, Next next, boolean isBackwards) {
        List<Long> walked = new ArrayList<>();
        Payload page = history(ROOM + "," + first);
        walked.addAll(seqs(page));
        while (page.get("hasMore").map(Payload::asBoolean).orElseThrow()) {
            page = history(ROOM + "," + next.after(page));
            walked.addAll(isBackwards ? 0 : walked.size(), seqs(page));
        }
        return walked.stream().mapToLong(seq -> seq).toArray();
    }

    private void assertPage(String query, boolean hasMore, long from, long to) {
        Payload page = history(ROOM + query);
        assertThat(seqs(page))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(from, to).boxed().toList());
        assertThat(page.get("hasMore").map(Payload::asBoolean)).hasValue(hasMore);
    }

    private List<String> rooms(String query) {
        return history(query).get("messages").orElseThrow().elements().stream()
                .map(message -> text(message, "roomId"))
                .toList();
    }

    private void send(String target) {
        TestNode.assertSuccess(ana.ask("message:send", ("{'message':'hi'," + target + "}").replace('\'', '"')));
    }

    private Payload history(String query) {
        return ana.ask("message:history", ("{" + query + "}").replace('\'', '"'));
    }

    private static List<Long> seqs(Payload page) {
        return page.get("messages").orElseThrow().elements().stream()
                .map(message -> message.get("seq").orElseThrow().asLong())
                .toList();
    }

    private static long last(List<Long> seqs) {
        return seqs.get(seqs.size() - 1);
    }
}
