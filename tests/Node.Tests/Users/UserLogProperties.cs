using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Users;

/// <summary>Random lives of a log (sends, repeats, acks, devices, time, restarts) against a simple model of what is promised.</summary>
public sealed class UserLogProperties
{
    private static readonly RetentionOptions Retention = new()
    {
        Messages = 8,
        Bytes = 60,
        AgeMs = 5_000,
        DedupIds = 6,
        DedupMs = 3_000,
        DeviceMs = 4_000,
        AnonymousDeviceMs = 1_000,
    };

    private static readonly string[] Devices = ["a", "b", "~c", "d"];

    [Property(MaxTest = 2_000)]
    public void Every_life_of_a_log_keeps_its_promises((byte Step, byte What, byte How)[] life)
    {
        var model = new Model();
        foreach (var (step, what, how) in life)
        {
            model.Take(step, what, how);
            model.CheckKept();
        }
        model.CheckReplay();
    }

    private sealed class Model
    {
        private const int DeviceLimit = 3;
        private readonly LogDriver _driver = new(Retention, DeviceLimit);
        private readonly Dictionary<string, (long Seq, string Data, long At)> _sent = [];
        private readonly List<(long Seq, int Bytes, long At)> _all = [];
        private readonly Dictionary<string, long> _acked = [];
        private readonly HashSet<string> _connected = [];
        private long _oldest = 1;

        public void Take(byte step, byte what, byte how)
        {
            var device = Devices[what % Devices.Length];
            switch (step % 8)
            {
                case 0 or 1: Send($"id{what % 12}", new string('1', 1 + (how % 20))); break;
                case 2: Acknowledge(device, how % (_driver.Log.Head + 3)); break;
                case 3: Open(device, how); break;
                case 4: Leave(device); break;
                case 5: _driver.Now += how * 10; break;
                case 6: _driver.Upkeep(); break;
                case 7: Restart(); break;
            }
        }

        /// <summary>The messages kept are a run up to the head, within the limits, and hold all that a known device still needs.</summary>
        public void CheckKept()
        {
            var log = _driver.Log;
            var kept = log.Read(0, int.MaxValue);
            Assert.Equal(kept.Select(m => m.Seq), Enumerable.Range(0, (int)(log.Head - log.First + 1)).Select(i => log.First + i));
            Assert.Equal(_all.Count, log.Head);
            Assert.True(kept.Count <= Retention.Messages);
            Assert.True(kept.Count == 1 || log.Bytes <= Retention.Bytes);
            Assert.True(log.First >= _oldest, "the oldest kept went back");
            var trimmed = log.First > _oldest;
            _oldest = log.First;

            var known = log.Devices(_driver.Now).ToDictionary(d => d.Device.Value, d => d.Acked);
            Assert.True(known.Count <= DeviceLimit);
            if (known.Count == 0 || !trimmed) return;
            // Whatever went, went because all had it, or because of a limit.
            var dropped = _all[(int)log.First - 2];
            var newer = _all.Skip((int)log.First - 2).ToList();
            var byLimit = newer.Count > Retention.Messages || newer.Sum(m => m.Bytes) > Retention.Bytes || dropped.At < _driver.Now - Retention.AgeMs;
            Assert.True(byLimit || known.Where(d => _acked.ContainsKey(d.Key)).All(d => _acked[d.Key] >= dropped.Seq), "a message went that a device still needs");
        }

        /// <summary>The journal alone, or a snapshot of any moment and the events after it, give one and the same state.</summary>
        public void CheckReplay()
        {
            var whole = _driver.Replay(_driver.Journal).ToSnapshot();
            var half = _driver.Journal.Count / 2;
            var resumed = _driver.Replay(_driver.Journal.Skip(half), _driver.Replay(_driver.Journal.Take(half)).ToSnapshot()).ToSnapshot();
            Assert.Equal(Describe(whole), Describe(resumed));
        }

        private void Send(string id, string data)
        {
            var earlier = _sent.TryGetValue(id, out var first) && _driver.Now - first.At <= Retention.DedupMs && _driver.Log.Head - first.Seq < Retention.DedupIds;
            var head = _driver.Log.Head;
            var reply = _driver.Send(id, data);
            if (earlier)
            {
                Assert.Equal(head, _driver.Log.Head);
                if (first.Data == data) Assert.Equal(new MessageAccepted(MessageId.Parse(id), first.Seq, true), reply);
                else Assert.Equal(new RequestRefused(RefusalReason.IdReused), reply);
                return;
            }
            Assert.Equal(new MessageAccepted(MessageId.Parse(id), head + 1, false), reply);
            _sent[id] = (head + 1, data, _driver.Now);
            _all.Add((head + 1, data.Length, _driver.Now));
        }

        private void Leave(string device)
        {
            _driver.Leave(device);
            _connected.Remove(device);
        }

        private void Acknowledge(string device, long seq)
        {
            _driver.Ack(device, seq);
            if (_acked.TryGetValue(device, out var acked)) _acked[device] = Math.Max(acked, Math.Min(seq, _driver.Log.Head));
        }

        private void Open(string device, byte how)
        {
            // The entity admits no more sockets than there may be devices.
            if (!_connected.Contains(device) && _connected.Count == DeviceLimit) return;
            var (head, epoch) = (_driver.Log.Head, _driver.Log.Epoch);
            var before = _driver.Log.Devices(_driver.Now).FirstOrDefault(d => d.Device.Value == device);
            ResumePoint? resume = how % 3 == 0 || epoch.Length == 0 ? null : new(how % 5 == 1 ? "other" : epoch, how % (head + 1));
            var opened = _driver.Open(device, resume);

            var inThisLife = resume is not null && resume.Epoch == epoch;
            var expected = inThisLife ? resume!.Seq : before?.Acked ?? opened.First - 1;
            Assert.Equal((expected, head, _driver.Log.Epoch), (opened.Seq, opened.Head, opened.Epoch));
            Assert.Equal(inThisLife || (resume is null && before is not null), opened.Resumed);
            Assert.Equal(opened.Seq + 1 < opened.First, opened.Gap);
            Assert.Equal(Enumerable.Range(0, (int)(head - Math.Max(opened.Seq, opened.First - 1))).Select(i => Math.Max(opened.Seq, opened.First - 1) + 1 + i), _driver.Seqs(opened.Seq));
            _connected.Add(device);
            _acked[device] = before is null ? opened.Seq : Math.Min(before.Acked, opened.Seq);
        }

        private void Restart()
        {
            _driver.Restart();
            _connected.Clear();
            // What was acknowledged and not journaled is forgotten, which keeps more, never less.
            foreach (var cursor in _driver.Log.Devices(_driver.Now)) _acked[cursor.Device.Value] = cursor.Acked;
        }

        private static string Describe(UserLogSnapshot s) => string.Join('\n',
            [$"{s.Epoch} {s.First}-{s.Head}", .. s.Messages.Select(m => $"{m.Seq} {m.Id} {m.Data}"), .. s.Cursors.Select(c => $"{c}").Order(), .. s.Known.Select(k => $"{k}")]);
    }
}
